import assert from "node:assert/strict";
import { test } from "node:test";
import { describe, type Known } from "./said";
import { action } from "./testing";

const move = action("move", 1, { notes: ["a", "b"], themes: ["t1"] });
const back = action("back", 2, { kind: "action.undo", actor: "bo", by: "Bo", undoes: "move" });
const known: Known = {
  me: "anna",
  labelOf: (theme) => (theme === "t1" ? "Meeting places" : undefined),
  actionOf: (id) => (id === "move" ? move : undefined),
};

test("an act is told with who, how many and where", () => {
  assert.equal(describe(move, known), "You moved 2 notes to Meeting places.");
  assert.equal(describe({ ...move, notes: ["a"] }, { ...known, me: "bo" }), "Anna moved 1 note to Meeting places.");
  assert.equal(describe({ ...move, themes: [] }, known), "You took 2 notes out of their themes.");
  assert.equal(describe({ ...move, by: null, kind: "machine.place" }, known), "The computer sorted 2 notes.");
});

test("what the machine proposed and a person accepted is that person's act", () => {
  assert.equal(describe({ ...move, kind: "suggestion.split" }, known), "You accepted a suggestion.");
});

test("taking back tells what, as far as the log still has it", () => {
  assert.equal(describe(back, known), "Bo took back: You moved 2 notes to Meeting places.");
  assert.equal(describe({ ...back, undoes: "older" }, known), "Bo took something back.");
});

test("a kind of act from a newer server is told all the same", () => {
  assert.equal(describe({ ...move, kind: "theme.paint" }, known), "You changed the sorting.");
});
