import assert from "node:assert/strict";
import { test } from "node:test";
import { steps, type Done } from "./history";

function log(...acts: [id: string, actor: string, undoes?: string][]): Done[] {
  return acts.map(([id, actor, undoes]) => ({ id, actor, undoes: undoes ?? null }));
}

test("the last of one's own acts is undone first, whatever others have done since", () => {
  assert.deepEqual(steps(log(["1", "me"], ["2", "me"], ["3", "bo"]), "me"), { undo: ["2"], redo: [] });
});

test("undone acts are gone through backwards, and done again in the same order they were done", () => {
  const twice = log(["1", "me"], ["2", "me"], ["u2", "me", "2"], ["u1", "me", "1"]);
  assert.deepEqual(steps(twice, "me"), { undo: [], redo: ["u1"] });
  const once = [...twice, ...log(["r1", "me", "u1"])];
  assert.deepEqual(steps(once, "me"), { undo: ["r1"], redo: ["u2"] });
});

test("a new act leaves nothing to do again", () => {
  assert.deepEqual(steps(log(["1", "me"], ["u1", "me", "1"], ["2", "me"]), "me"), { undo: ["2"], redo: [] });
});

test("what somebody else has undone is not undone twice, and can be done again", () => {
  assert.deepEqual(steps(log(["1", "me"], ["2", "me"], ["u2", "bo", "2"]), "me"), { undo: ["1"], redo: ["u2"] });
});

test("acts of others are not one's own to step through", () => {
  assert.deepEqual(steps(log(["1", "bo"], ["m", "machine"]), "me"), { undo: [], redo: [] });
});

test("an undo of something older than the log is nobody's step", () => {
  assert.deepEqual(steps(log(["u0", "me", "0"], ["1", "me"]), "me"), { undo: ["1"], redo: [] });
});

test("what was done in parts is undone and done again as one, the last part first", () => {
  const wholeOf = (act: string) => act[0]!;
  const done = log(["0", "me"], ["a1", "me"], ["a2", "me"]);
  assert.deepEqual(steps(done, "me", wholeOf), { undo: ["a2", "a1"], redo: [] });
  const undone = [...done, ...log(["u2", "me", "a2"], ["u1", "me", "a1"])];
  assert.deepEqual(steps(undone, "me", wholeOf), { undo: ["0"], redo: ["u1", "u2"] });
  const again = [...undone, ...log(["r1", "me", "u1"], ["r2", "bo", "u2"])];
  assert.deepEqual(steps(again, "me", wholeOf), { undo: ["r2", "r1"], redo: [] });
});

test("of parts only those that are not undone already", () => {
  const one = log(["a1", "me"], ["a2", "me"], ["u1", "bo", "a1"]);
  assert.deepEqual(steps(one, "me", (act) => act[0]!), { undo: ["a2"], redo: ["u1"] });
});
