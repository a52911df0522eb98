import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note } from "../shared/wire";
import { ALL, Arrivals, select, type Filter } from "./wall_model";

function note(id: string, group: number, question: string | null, order: number): Note {
  return {
    id,
    group,
    question,
    text: id,
    source: "phone",
    late: false,
    created_at: "",
    edited_at: null,
    order,
    revision: order,
  };
}

const QUESTIONS = ["q1", "q2"].map((id) => ({ id, prompt: id, help: "", easy: "", kind: "notes" }));
const NOTES = [note("a", 2, "q2", 1), note("b", 1, "q1", 2), note("c", 2, null, 3), note("d", 2, "q1", 4)];

function ids(filter: Partial<Filter>): string {
  return select(NOTES, { question: ALL, group: 0, order: "newest", ...filter }, QUESTIONS)
    .map((one) => one.id)
    .join("");
}

test("the newest note stands first", () => assert.equal(ids({}), "dcba"));

test("by table, the notes stand in the order of tables, questions and arrival", () => {
  assert.equal(ids({ order: "table" }), "bcda");
});

test("a filter on no question is not a filter on all questions", () => {
  assert.equal(ids({ question: null }), "c");
  assert.equal(ids({ question: "q1", group: 2 }), "d");
});

test("notes that come while somebody reads wait until the reading is over", () => {
  const arrivals = new Arrivals();
  assert.equal(arrivals.take(NOTES.slice(0, 2), false).waiting, 0);
  const reading = arrivals.take(NOTES, true);
  assert.deepEqual([reading.shown.length, reading.waiting], [2, 2]);
  const after = arrivals.take(NOTES, false);
  assert.deepEqual([after.shown.length, after.waiting], [4, 0]);
  assert.equal(arrivals.isNew("a"), false);
  assert.equal(arrivals.isNew("d"), true);
});

test("a note that goes away while somebody reads leaves at once", () => {
  const arrivals = new Arrivals();
  arrivals.take(NOTES, false);
  assert.equal(arrivals.take(NOTES.slice(1), true).shown.length, 3);
});
