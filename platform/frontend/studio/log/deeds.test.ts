import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import type { LineState } from "../../shared/line";
import { Unreachable } from "../../shared/push";
import { Store } from "../../shared/store";
import type { Mutation, Result } from "../../shared/wire";
import { Desk, type StudioBoot } from "../desk";
import { NO_LINES } from "../themes/testing";
import { Deeds, isStuck, parts } from "./deeds";

const BOOT: StudioBoot = { code: "ABC234", lang: "sv", words: {}, may: ["sort"], address: "", urls: null };

/** A server that can be out of reach, and what it has been sent. */
function hall(answer: (mutation: Mutation) => Result["status"] = () => "ok") {
  const sent: string[] = [];
  const away = signal(false);
  const contacts = signal(0);
  const push = async (mutations: readonly Mutation[]): Promise<Result[]> => {
    if (away.peek()) throw new Unreachable("away");
    sent.push(...mutations.map(({ id }) => id));
    return mutations.map((mutation) => ({ id: mutation.id, status: answer(mutation), message: "No." }));
  };
  const line = signal<LineState>("online");
  const store = new Store();
  store.apply({ from: 0, revision: 1, now: "2026-03-06T18:00:00Z" });
  const desk = new Desk(BOOT, store, { push, line, contacts, refused: signal(null) }, async () => [], NO_LINES, async () => []);
  return { deeds: new Deeds(desk), sent, away, contacts };
}

const later = () => new Promise((resolve) => setTimeout(resolve, 0));

test("what nobody answered waits, and is sent again in order with the same ids when the server is back", async () => {
  const { deeds, sent, away, contacts } = hall();
  const done: string[] = [];
  const stop = deeds.watch();
  away.value = true;
  deeds.do([{ kind: "theme.place", notes: ["a"], theme: "t1" }], () => done.push("a"));
  deeds.do([{ kind: "theme.place", notes: ["b"], theme: "t1" }], () => done.push("b"));
  await later();
  const waiting = deeds.open.value.map(({ id }) => id);
  assert.ok(deeds.open.value.every(isStuck));
  assert.deepEqual([sent, done], [[], []]);
  away.value = false;
  contacts.value++;
  await later();
  assert.deepEqual([sent, done, deeds.open.value], [waiting, ["a", "b"], []]);
  stop();
});

test("a refusal is told and not repeated", async () => {
  const { deeds, contacts, sent } = hall(() => "rejected");
  const stop = deeds.watch();
  deeds.do([{ kind: "theme.rename", theme: "t1", label: "" }], () => assert.ok(false));
  await later();
  assert.equal(deeds.refusal.value, "No.");
  assert.deepEqual(deeds.open.value, []);
  contacts.value++;
  await later();
  assert.equal(sent.length, 1);
  stop();
});

test("more notes than one act may concern go in several", () => {
  const ids = Array.from({ length: 450 }, (_, index) => String(index));
  assert.deepEqual(parts(ids).map((some) => some.length), [200, 200, 50]);
  assert.deepEqual(parts(ids).flat(), ids);
  assert.deepEqual(parts([]), []);
});
