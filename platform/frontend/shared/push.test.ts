import assert from "node:assert/strict";
import { test } from "node:test";
import { batches, MAX_BYTES, readAnswer, readChanges, ServerError, Unreachable } from "./push";
import type { Mutation } from "./wire";

function notes(count: number, text = "x"): Mutation[] {
  return Array.from({ length: count }, (_, index) => ({ id: `m${index}`, kind: "note.add", question: "q1", text }));
}

test("a batch holds at most fifty, in order", () => {
  const all = batches(notes(120));
  assert.deepEqual(all.map((batch) => batch.length), [50, 50, 20]);
  assert.deepEqual(all.flat().map((each) => each.id), notes(120).map((each) => each.id));
});

test("a batch keeps within the bytes of the wire, counted as UTF-8", () => {
  const all = batches(notes(50, "😀".repeat(2000)));
  assert.ok(all.length > 1);
  for (const batch of all) assert.ok(new TextEncoder().encode(JSON.stringify({ mutations: batch })).length <= MAX_BYTES);
  assert.equal(all.flat().length, 50);
});

test("something too large for any batch still gets one of its own, so that it can be refused", () => {
  const all = batches([...notes(1, "x".repeat(300_000)), ...notes(1)]);
  assert.deepEqual(all.map((batch) => batch.length), [1, 1]);
});

test("only results for what was sent are an answer", () => {
  const answer = readAnswer(
    { revision: 7, results: [{ id: "m0", status: "ok", revision: 7 }, { id: "else", status: "ok" }, { id: "m1", status: "?" }] },
    notes(2),
  );
  assert.deepEqual(answer.results.map((each) => each.id), ["m0"]);
});

test("a captive portal's answer is none", () => {
  for (const raw of ["<html>Log in</html>", null, {}, { ok: true }, { results: [{ id: "else", status: "ok" }] }]) {
    assert.throws(() => readAnswer(raw, notes(1)), Unreachable);
  }
});

test("a busy server that took nothing says when to come back", () => {
  assert.deepEqual(readAnswer({ revision: 3, results: [], retry_after: 5 }, notes(1)), { revision: 3, results: [], retry_after: 5 });
});

test("an error object is the server speaking", () => {
  assert.throws(() => readAnswer({ error: { code: "malformed", message: "…" } }, notes(1)), ServerError);
});

test("only the server's own answer to a sync is believed", () => {
  const ours = { from: 3, revision: 9, now: "2026-01-01T18:00:00Z", notes: [] };
  assert.equal(readChanges({ ...ours, weather: [] }).revision, 9);
  for (const other of [null, "<html>", [], {}, { ok: true, revision: 7 }, { from: 0, revision: "9", notes: [] }]) {
    assert.throws(() => readChanges(other), Unreachable);
  }
  assert.throws(() => readChanges({ error: { code: "unauthorized", message: "x" } }), ServerError);
});
