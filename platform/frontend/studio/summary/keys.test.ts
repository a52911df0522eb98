import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { Store } from "../../shared/store";
import { Desk, type StudioBoot } from "../desk";
import { NO_LINES } from "../themes/testing";
import { writingKeys } from "./keys";
import { Manuscript } from "./manuscript";
import { Shelf } from "./testing";

const BOOT: StudioBoot = { code: "ABC234", lang: "sv", words: {}, may: ["summarise"], address: "", urls: null };

test("no key of writing does two things, and none has no words", () => {
  const connection = { push: async () => [], line: signal("online" as const), contacts: signal(0), refused: signal(null) };
  const desk = new Desk(BOOT, new Store(), connection, async () => [], NO_LINES, async () => []);
  const keys = writingKeys(new Manuscript(desk, new Shelf()), () => undefined).flatMap((group) => group.keys);
  assert.equal(new Set(keys.map(({ key }) => key)).size, keys.length);
  assert.ok(keys.every(({ words }) => words));
});
