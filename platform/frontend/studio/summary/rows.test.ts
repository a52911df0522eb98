import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDraft } from "./draft";
import type { Section } from "./outline";
import type { Pen } from "./pens";
import { pickable, uses } from "./picks";
import { rowsOf } from "./rows";
import { note } from "../themes/testing";
import { line } from "./testing";

const SECTION: Section = { key: "intro", part: { kind: "intro" }, lines: [line("a"), line("b")], notes: [] };

const KEYS = new Set(["intro", "voices"]);

function pens(...some: Pen[]): ReadonlyMap<string, Pen> {
  return new Map(some.map((pen) => [pen.line, pen]));
}

function begun(id: string, after: string | null, section = "intro"): Pen {
  return { ...freshDraft(id, { section, after }, { text: id, notes: [] }), state: "saving", reason: "" };
}

test("a new line stands where it was begun, and not in another part", () => {
  const ids = (...some: Pen[]) => rowsOf(SECTION, pens(...some), KEYS).map(({ id }) => id);
  assert.deepEqual(ids(), ["a", "b"]);
  assert.deepEqual(ids(begun("n", null)), ["n", "a", "b"]);
  assert.deepEqual(ids(begun("n", "a")), ["a", "n", "b"]);
  assert.deepEqual(ids(begun("n", "gone")), ["a", "b", "n"]);
  assert.deepEqual(ids(begun("n", "a", "voices")), ["a", "b"]);
  assert.deepEqual(ids(begun("n", "a", "theme:gone")), ["a", "n", "b"]);
  assert.deepEqual(ids({ ...begun("n", "a"), fresh: false, state: "saved" }), ["a", "n", "b"]);
});

test("what one has written stands instead of what the server has", () => {
  const mine: Pen = { ...begun("a", null), fresh: false, text: "Mina ord", notes: ["n1"] };
  const [first] = rowsOf(SECTION, pens(mine), KEYS);
  assert.deepEqual([first!.text, first!.notes, first!.line?.text], ["Mina ord", ["n1"], "Text of a"]);
});

test("what one wrote in a line that is gone is still there, last", () => {
  const gone: Pen = { ...begun("c", null), fresh: false, state: "gone" };
  assert.deepEqual(rowsOf(SECTION, pens(gone), KEYS).map(({ id }) => id), ["a", "b", "c"]);
});

test("a line's own sources can be left out wherever one looks, and marks are searched as well", () => {
  const [one, two, three] = [note("n1", { text: "Fler bussar" }), note("n2", { text: "Kvällsbuss" }), note("n3")];
  const marks = new Map([["n1", "G1·1"], ["n2", "G5·7"], ["n3", "G2·1"]]);
  const ids = (sought: string) => pickable([three], [one, two], sought, marks).map(({ id }) => id);
  assert.deepEqual(ids(""), ["n3", "n1", "n2"]);
  assert.deepEqual(ids("BUSS"), ["n1", "n2"]);
  assert.deepEqual(ids("g5·7"), ["n2"]);
  assert.deepEqual(uses([{ notes: ["n1", "n2"] }, { notes: ["n1"] }]), new Map([["n1", 2], ["n2", 1]]));
});
