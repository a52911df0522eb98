import assert from "node:assert/strict";
import { test } from "node:test";
import { Races } from "./races";
import { action } from "./testing";

const mine = action("mine", 1);
const theirs = { by: "Bo", actor: "bo" };

function told(...news: ReturnType<typeof action>[]): string[] {
  const races = new Races();
  races.take([mine], "anna");
  return races.take([mine, ...news], "anna").map(({ id }) => id);
}

test("another's act on a note that one has just moved is told, once", () => {
  const races = new Races();
  races.take([mine], "anna");
  const log = [mine, action("theirs", 2, theirs)];
  assert.deepEqual(races.take(log, "anna").map(({ id }) => id), ["theirs"]);
  assert.deepEqual(races.take(log, "anna"), []);
});

test("what was in the log when one came is old", () => {
  assert.deepEqual(new Races().take([mine, action("theirs", 2, theirs)], "anna"), []);
});

test("the one who came last is not told", () => {
  const races = new Races();
  races.take([], "anna");
  assert.deepEqual(races.take([action("theirs", 1, theirs), action("mine", 2)], "anna"), []);
});

test("other notes, the same theme as goal, and long afterwards are no race", () => {
  assert.deepEqual(told(action("other", 2, { ...theirs, notes: ["b"] })), []);
  assert.deepEqual(told(action("later", 2, { ...theirs, at: "2026-03-06T18:05:00Z" })), []);
});

test("a theme that one has just named and another removes is told", () => {
  const races = new Races();
  const named = action("named", 1, { kind: "theme.rename", notes: [] });
  races.take([named], "anna");
  const removed = action("removed", 2, { ...theirs, kind: "theme.remove", notes: ["x"] });
  assert.deepEqual(races.take([named, removed], "anna").map(({ id }) => id), ["removed"]);
});
