import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note } from "../../shared/wire";
import { line } from "../summary/testing";
import type { Finding } from "./ask";
import { decide, keyOf, piecesOf, places } from "./findings";

const found = (more: Partial<Finding>): Finding => ({
  note: "n", line: null, start: 0, end: 0, kind: "name", words: "", decision: null, reason: "", by: "", ...more,
});
const note = (id: string, text: string, more: Partial<Note> = {}) => ({ id, text, ...more }) as Note;

test("places are code points, so that signs of two units move nothing", () => {
  const text = "👋🏽 Hej Åsa!";
  assert.deepEqual(piecesOf(text, { start: 7, end: 10, words: "Åsa" }), ["👋🏽 Hej ", "Åsa", "!"]);
  assert.equal(piecesOf("Hej Eva, och Åsa", { start: 7, end: 10, words: "Åsa" }), null);
});

test("a finding keeps its key when something is decided of it", () => {
  assert.equal(keyOf(found({ start: 3, end: 5 })), keyOf(found({ start: 3, end: 5, decision: "mask" })));
  assert.notEqual(keyOf(found({ start: 3, end: 5 })), keyOf(found({ note: null, line: "n", start: 3, end: 5 })));
});

test("words that the check has not found are looked for whole, wherever they stand", () => {
  const notes = [
    note("a", "😀 Kvarn och kvarn, men inte kvarnen"),
    note("b", "Kvarn", { hidden: { reason: "", by: "", at: "" } }),
    note("c", "a+b? (a+b?)"),
  ];
  const lines = [line("l", { text: "Vid Kvarn." })];
  const all = places("kvarn", notes, lines, [found({ note: "a", start: 12, end: 17 })]);
  assert.deepEqual(all.map((one) => [one.note ?? one.line, one.start, one.end, one.words]), [["a", 2, 7, "Kvarn"], ["l", 4, 9, "Kvarn"]]);
  assert.equal(places("a+b?", notes, [], []).length, 2);
  assert.deepEqual(places("  ", notes, lines, []), []);
});

test("a decision says where, what and why", () => {
  const finding = found({ start: 3, end: 6, words: "Eva" });
  assert.deepEqual(decide(finding, "Om Eva", "keep", "Vill synas"), {
    kind: "finding.decide", note: "n", start: 3, end: 6, words: "Eva", seen: "Om Eva", found: "name", decision: "keep", reason: "Vill synas",
  });
  assert.ok("line" in decide({ ...finding, note: null, line: "l" }, "Om Eva", "mask"));
});
