import assert from "node:assert/strict";
import { test } from "node:test";
import { steps, type Done } from "./history";

function log(...acts: [id: string, actor: string, undoes?: string][]): Done[] {
  return acts.map(([id, actor, undoes]) => ({ id, actor, undoes: undoes ?? null }));
}

test("the last of one's own acts is undone first, whatever others have done since", () => {
  assert.deepEqual(steps(log(["1", "me"], ["2", "me"], ["3", "bo"]), "me"), { undo: "2", redo: null });
});

test("undone acts are gone through backwards, and done again in the same order they were done", () => {
  const twice = log(["1", "me"], ["2", "me"], ["u2", "me", "2"], ["u1", "me", "1"]);
  assert.deepEqual(steps(twice, "me"), { undo: null, redo: "u1" });
  const once = [...twice, ...log(["r1", "me", "u1"])];
  assert.deepEqual(steps(once, "me"), { undo: "r1", redo: "u2" });
});

test("a new act leaves nothing to do again", () => {
  assert.deepEqual(steps(log(["1", "me"], ["u1", "me", "1"], ["2", "me"]), "me"), { undo: "2", redo: null });
});

test("what somebody else has undone is not undone twice, and can be done again", () => {
  assert.deepEqual(steps(log(["1", "me"], ["2", "me"], ["u2", "bo", "2"]), "me"), { undo: "1", redo: "u2" });
});

test("acts of others are not one's own to step through", () => {
  assert.deepEqual(steps(log(["1", "bo"], ["m", "machine"]), "me"), { undo: null, redo: null });
});

test("an undo of something older than the log is nobody's step", () => {
  assert.deepEqual(steps(log(["u0", "me", "0"], ["1", "me"]), "me"), { undo: "1", redo: null });
});
