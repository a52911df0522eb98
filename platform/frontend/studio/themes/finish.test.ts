import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import type { LineState } from "../../shared/line";
import { Store } from "../../shared/store";
import type { Mutation, Result } from "../../shared/wire";
import { Desk } from "../desk";
import { Bench } from "./bench";
import { approve, leftToDecide, settle } from "./finish";
import { sortingKeys } from "./keys";
import { NO_LINES, note, theme } from "./testing";

/** A bench with 250 notes in one theme and one nowhere, and what is sent from it. */
function room() {
  const sent: Mutation[] = [];
  const push = async (mutations: readonly Mutation[]): Promise<Result[]> => {
    sent.push(...mutations);
    return mutations.map(({ id }) => ({ id, status: "ok" }));
  };
  const store = new Store();
  const notes = Array.from({ length: 250 }, (_, index) => note(`n${index}`, { theme: "t1" }));
  store.apply({ from: 0, revision: 1, now: "2026-03-06T18:00:00Z", notes: [...notes, note("free")], themes: [theme("t1", 1, { named: false })] });
  const boot = { code: "ABC234", lang: "sv", words: {}, may: ["sort"] as const, address: "", urls: null };
  const connection = { push, line: signal<LineState>("online"), contacts: signal(0), refused: signal(null) };
  return { sent, bench: new Bench(new Desk(boot, store, connection, async () => [], NO_LINES, async () => [])) };
}

test("what nobody has decided is left: names, uncertain places, and what lies nowhere", () => {
  const themes = [theme("t1", 1, { named: false }), theme("t2", 2)];
  const notes = [
    note("sure", { theme: "t1", sure: true }),
    note("unsure", { theme: "t1", sure: false }),
    note("nowhere"),
    note("left", { by_person: true }),
  ];
  const left = leftToDecide(themes, notes);
  assert.deepEqual(left.themes.map(({ id }) => id), ["t1"]);
  assert.deepEqual(left.notes.map(({ id }) => id), ["unsure", "nowhere"]);
});

test("a theme is settled with all its notes, in as many parts as the server takes", () => {
  const { bench, sent } = room();
  settle(bench, bench.themes.value.map((one) => one.theme));
  const acts = sent.map((act) => act.kind === "theme.approve" && [act.themes, Object.entries(act.notes ?? {})]);
  const seen = Array.from({ length: 250 }, (_, index) => [`n${index}`, "t1"]);
  assert.deepEqual(acts, [[{ t1: theme("t1", 1).label }, seen.slice(0, 200)], [{}, seen.slice(200)]]);
  bench.past.undo();
  assert.deepEqual(sent.slice(2).map((act) => act.kind === "action.undo" && act.action), [sent[1]!.id, sent[0]!.id]);
  bench.past.redo();
  assert.deepEqual(sent.slice(4).map((act) => act.kind === "action.undo" && act.action), [sent[3]!.id, sent[2]!.id]);
});

test("what lies nowhere may be right, and nothing is said of nothing", () => {
  const { bench, sent } = room();
  approve(bench, bench.sorting.value.unplaced);
  approve(bench, []);
  settle(bench, []);
  assert.deepEqual(sent.map((act) => act.kind === "theme.approve" && [act.themes, act.notes]), [[{}, { free: null }]]);
});

test("no key does two things, and each is explained", () => {
  const keys = sortingKeys(room().bench, () => undefined).flatMap((group) => group.keys);
  assert.equal(new Set(keys.map(({ key }) => key)).size, keys.length);
  assert.ok(keys.every(({ words }) => words));
});
