import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note } from "../../shared/wire";
import { sortOut } from "../themes/sorting";
import { note, theme } from "../themes/testing";
import { footing, isWritten, outline } from "./outline";
import { line } from "./testing";

const NOTES: Note[] = [
  note("n1", { theme: "meet", group: 1 }),
  note("n2", { theme: "meet", group: 2, side: "for" }),
  note("n3", { theme: "bus", group: 2, question: "q2", asks: "yes" }),
  note("n4", { question: null }),
];
const QUESTIONS = ["q1", "q2"].map((id) => ({ id, prompt: id, help: "", easy: "", kind: "notes" }));

function sections(lines = [line("a")]) {
  const themes = [theme("bus", 1), theme("meet", 2)];
  return outline({
    notes: NOTES,
    questions: QUESTIONS,
    groups: [1, 2].map((number) => ({ number, name: "" })),
    sorting: sortOut(NOTES, themes, "groups"),
    lines,
  });
}

test("the parts stand as they are read, single voices after what several groups raised", () => {
  const keys = sections().map(({ key }) => key);
  assert.deepEqual(keys, [
    "intro", "theme:meet", "question:q1", "question:q2", "group:1", "group:2",
    "tensions", "answers", "voices", "theme:bus", "ledger", "appendix",
  ]);
  assert.deepEqual(sections().filter((section) => !isWritten(section)).map(({ key }) => key), ["ledger", "appendix"]);
});

test("each part has the notes that its lines are built on", () => {
  const notes = Object.fromEntries(sections().map(({ key, notes }) => [key, notes.map(({ id }) => id)]));
  assert.deepEqual(notes["theme:meet"], ["n1", "n2"]);
  assert.deepEqual(notes["question:q2"], ["n3"]);
  assert.deepEqual(notes["group:2"], ["n2", "n3"]);
  assert.deepEqual([notes.tensions, notes.answers, notes.voices], [["n2"], ["n3"], ["n3"]]);
  assert.deepEqual(notes.intro, ["n1", "n2", "n3", "n4"]);
});

test("a line whose theme has gone stands last in the introduction", () => {
  const [intro] = sections([line("a", { section: "theme:gone" }), line("b"), line("c", { section: "theme:bus" })]);
  assert.deepEqual(intro!.lines.map(({ id }) => id), ["b", "a"]);
});

test("a line has no source, has lost one, or stands firm", () => {
  const there = new Set(["n1"]);
  assert.deepEqual([footing([], there), footing(["n1", "n9"], there), footing(["n1"], there)], ["none", "lost", "firm"]);
});
