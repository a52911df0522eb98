import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note, Round, RoundState } from "../shared/wire";
import { Gathering, sharedQuestion } from "./notes_model";

const QUESTIONS = ["q1", "q2", "q3"].map((id) => ({ id, prompt: id, help: "", easy: "", kind: "notes" }));

function round(question: string, state: RoundState, opened: number, shared: boolean): [string, Round] {
  const opened_at = `2026-03-06T18:0${opened}:00.000Z`;
  return [question, { question, state, shared, opened_at, closed_at: null, ends_at: null, revision: 1 }];
}

function note(order: number): Note {
  return {
    id: `n${order}`,
    group: 1,
    question: "q1",
    text: "",
    source: "phone",
    late: false,
    created_at: "",
    edited_at: null,
    order,
    revision: order,
  };
}

test("the open question is shown before one that was opened later and closed", () => {
  const rounds = new Map([round("q1", "open", 1, true), round("q2", "closed", 5, true)]);
  assert.equal(sharedQuestion(QUESTIONS, rounds)?.id, "q1");
});

test("when the open question is not shared, the last shared one is shown", () => {
  const rounds = new Map([
    round("q1", "closed", 1, true),
    round("q2", "closed", 3, true),
    round("q3", "open", 5, false),
  ]);
  assert.equal(sharedQuestion(QUESTIONS, rounds)?.id, "q2");
});

test("nothing shared is nothing shown", () => {
  assert.equal(sharedQuestion(QUESTIONS, new Map([round("q1", "open", 1, false)])), null);
});

test("new notes come in on the first page only", () => {
  const gathering = new Gathering();
  assert.equal(gathering.take([note(1), note(2)], true).shown.length, 2);
  const later = gathering.take([note(1), note(2), note(3)], false);
  assert.deepEqual([later.shown.length, later.waiting], [2, 1]);
  const first = gathering.take([note(1), note(2), note(3)], true);
  assert.deepEqual(
    first.shown.map((one) => one.id),
    ["n3", "n2", "n1"],
  );
  assert.equal(gathering.isNew("n3"), true);
});

test("a hidden note leaves whatever page is shown", () => {
  const gathering = new Gathering();
  gathering.take([note(1), note(2)], true);
  assert.equal(gathering.take([note(2)], false).shown.length, 1);
});
