import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mutation, Voting } from "../shared/wire";
import { signal } from "@preact/signals";
import { Dots } from "./dots";
import type { Queued } from "./queued";
import type { Edit } from "./shelf";
import { MapShelf } from "./shelf_map";

const VOTING: Voting = {
  id: "v1", on: "themes", each: "person", dots: 3, question: null, open: true, opened_at: null, closed_at: null,
  choices: [{ id: "t1", text: "Ett" }, { id: "t2", text: "Två" }], result: null, lost: 0, voters: 0, revision: 1,
};

function phone() {
  const shelf = new MapShelf();
  const queue = signal<readonly Queued[]>([]);
  const sent: Mutation[] = [];
  const add = async (mutations: readonly Mutation[], edits: readonly Edit[] = []) => {
    sent.push(...mutations);
    await shelf.change(edits);
  };
  return { shelf, sent, queue, dots: new Dots("KRTM7W/dots/p1/", shelf, { add, queue }) };
}

test("a person's dots are remembered on the phone, across a reload", async () => {
  const { shelf, dots, queue } = phone();
  await dots.lay(VOTING, "t1", 2);
  await dots.lay(VOTING, "t2", 1);
  await dots.lay(VOTING, "t1", 1);
  const again = new Dots("KRTM7W/dots/p1/", shelf, { add: async () => undefined, queue });
  await again.load();
  assert.deepEqual(again.laid(VOTING, true), { t1: 1, t2: 1 });
});

test("what came after the closing does not count, and stays to be seen", async () => {
  const { dots, sent } = phone();
  await dots.lay(VOTING, "t1", 1);
  await dots.lay(VOTING, "t1", 2);
  dots.refused(sent[1] as Extract<Mutation, { kind: "vote.cast" }>, "vote_closed");
  assert.deepEqual(dots.laid(VOTING, true), { t1: 1 });
  assert.deepEqual(dots.late("v1"), [{ target: "t1", dots: 2 }]);
});

test("what was more than one has is taken back on the server too", async () => {
  const { dots, sent } = phone();
  await dots.lay(VOTING, "t1", 9);
  dots.refused(sent[0] as Extract<Mutation, { kind: "vote.cast" }>, "too_many_dots");
  assert.deepEqual(dots.laid(VOTING, true), {});
  assert.deepEqual(sent.map((each) => each.kind === "vote.cast" && each.dots), [9, 0]);
});

test("what was too many leaves as many as lay there before", async () => {
  const { dots, sent } = phone();
  await dots.lay(VOTING, "t1", 2);
  await dots.lay(VOTING, "t1", 9);
  dots.refused(sent[1] as Extract<Mutation, { kind: "vote.cast" }>, "too_many_dots");
  assert.deepEqual(dots.laid(VOTING, true), { t1: 2 });
  assert.deepEqual(sent.map((each) => each.kind === "vote.cast" && each.dots), [2, 9, 2]);
  dots.refused(sent[2] as Extract<Mutation, { kind: "vote.cast" }>, "too_many_dots");
  assert.deepEqual(sent.map((each) => each.kind === "vote.cast" && each.dots), [2, 9, 2, 0], "and it ends there");
});

test("what was too many does not undo what was chosen after it", async () => {
  const { dots, sent } = phone();
  await dots.lay(VOTING, "t1", 2);
  await dots.lay(VOTING, "t1", 9);
  await dots.lay(VOTING, "t1", 3);
  for (const code of ["too_many_dots", "vote_closed"]) {
    dots.refused(sent[1] as Extract<Mutation, { kind: "vote.cast" }>, code);
    assert.deepEqual([dots.laid(VOTING, true), dots.late("v1")], [{ t1: 3 }, []]);
  }
  assert.deepEqual(sent.map((each) => each.kind === "vote.cast" && each.dots), [2, 9, 3]);
});

test("what was too many for a table leaves what the server has", async () => {
  const { dots, sent } = phone();
  const voting: Voting = { ...VOTING, each: "table", ours: { people: 2, dots: { t1: 5 } } };
  await dots.lay(voting, "t1", 7);
  dots.refused(sent[0] as Extract<Mutation, { kind: "vote.cast" }>, "too_many_dots");
  assert.deepEqual(dots.laid(voting, true), { t1: 5 });
});

test("a table's dots are the server's, with the scribe's latest on top until the server has them", async () => {
  const { dots } = phone();
  const voting: Voting = { ...VOTING, each: "table", ours: { people: 4, dots: { t1: 5 } } };
  await dots.lay(voting, "t1", 6);
  assert.deepEqual(dots.laid(voting, true), { t1: 6 });
  assert.deepEqual(dots.laid(voting, false), { t1: 5 }, "another phone at the table sees what the server has");
  const confirmed: Voting = { ...voting, ours: { people: 4, dots: { t1: 6 } } };
  dots.confirm(confirmed);
  assert.deepEqual(dots.laid({ ...confirmed, ours: { people: 4, dots: { t1: 2 } } }, true), { t1: 2 });
});
