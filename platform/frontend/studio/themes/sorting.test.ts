import assert from "node:assert/strict";
import { test } from "node:test";
import { atHand, bySide, sortOut, Still } from "./sorting";
import { note, theme } from "./testing";

const THEMES = [theme("first", 1), theme("second", 2), theme("third", 3)];

function evening() {
  return [
    note("a", { theme: "first", group: 1 }),
    note("b", { theme: "second", group: 1 }),
    note("c", { theme: "second", group: 2 }),
    note("d", { group: 3 }),
  ];
}

test("themes rank by groups and then notes; what one group raised is by itself, and an empty theme is last", () => {
  const { ranked, singles, unplaced } = sortOut(evening(), THEMES, "groups");
  assert.deepEqual(ranked, ["second", "third"]);
  assert.deepEqual(singles, ["first"]);
  assert.deepEqual(unplaced.map(({ id }) => id), ["d"]);
});

test("one group's notes ten times over change no rank", () => {
  const shouted = Array.from({ length: 10 }, (_, i) => note(`again-${i}`, { theme: "first", group: 1 }));
  const before = sortOut(evening(), THEMES, "groups");
  const after = sortOut([...evening(), ...shouted], THEMES, "groups");
  assert.deepEqual([after.ranked, after.singles], [before.ranked, before.singles]);
});

test("what one group says again in the same words counts once, also between themes of as many groups", () => {
  const notes = [
    ...[1, 2].map((group) => note(`x${group}`, { theme: "second", group })),
    ...[1, 2].map((group) => note(`y${group}`, { theme: "first", group })),
    note("z", { theme: "second", group: 1 }),
    ...[1, 2, 3].map((time) => note(`again${time}`, { theme: "first", group: 2, text: "TEXT of y2!" })),
  ];
  assert.deepEqual(sortOut(notes, THEMES, "groups").ranked, ["second", "first", "third"]);
});

test("an order that people gave is kept, whatever stands behind each", () => {
  const notes = [note("x", { theme: "third", group: 1 }), note("y", { theme: "third", group: 2 })];
  const { ranked } = sortOut([...notes, ...evening()], THEMES, "own");
  assert.deepEqual(ranked, ["second", "third"]);
});

test("every note has one place, also when its theme is gone", () => {
  const notes = [...evening(), note("e", { theme: "removed" })];
  const { heaps, unplaced } = sortOut(notes, THEMES, "groups");
  const placed = [...heaps.values()].flatMap((heap) => heap.notes.map(({ id }) => id));
  assert.deepEqual([...placed, ...unplaced.map(({ id }) => id)].sort(), ["a", "b", "c", "d", "e"]);
});

test("in a theme notes lie in the order they were put there", () => {
  const notes = [note("late", { theme: "first", place: 9 }), note("early", { theme: "first", place: 4 })];
  const { heaps } = sortOut(notes, THEMES, "groups");
  assert.deepEqual(heaps.get("first")!.notes.map(({ id }) => id), ["early", "late"]);
});

test("sides are told apart, those without one last", () => {
  const notes = [note("n"), note("con", { side: "against" }), note("pro", { side: "for" })];
  assert.deepEqual(bySide(notes).map(({ side, cards }) => [side, cards.length]), [["for", 1], ["against", 1], [null, 1]]);
});

test("at hand lies what is new, unplaced, uncertain or asks for an answer", () => {
  const notes = [
    note("old", { order: 1, theme: "first" }),
    note("doubt", { order: 2, theme: "first", sure: false }),
    note("asked", { order: 3, theme: "first", asks: "maybe" }),
    note("settled", { order: 4, theme: "first", asks: "no" }),
    note("new", { order: 9 }),
  ];
  const lists = atHand(notes, sortOut(notes, THEMES, "groups").unplaced, 4);
  const ids = Object.fromEntries(Object.entries(lists).map(([hand, list]) => [hand, list.map(({ id }) => id)]));
  assert.deepEqual(ids, { unplaced: ["new"], new: ["new"], unsure: ["doubt"], asks: ["asked"] });
});

test("themes stay where they are while somebody works, and fall into rank afterwards", () => {
  const still = new Still();
  const before = sortOut(evening(), THEMES, "groups");
  assert.deepEqual(still.take(before, true).ranked, ["second", "third"]);
  const more = [2, 3, 4].map((group) => note(`g${group}`, { theme: "third", group }));
  const after = sortOut([...evening(), ...more], [...THEMES.slice(1), theme("fourth", 4)], "groups");
  const working = still.take(after, true);
  assert.deepEqual([working.ranked, working.singles, working.outdated], [["second", "third", "fourth"], [], true]);
  const rested = still.take(after, false);
  assert.deepEqual([rested.ranked, rested.outdated], [["third", "second", "fourth"], false]);
});
