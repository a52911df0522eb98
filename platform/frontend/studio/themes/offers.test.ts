import assert from "node:assert/strict";
import { test } from "node:test";
import { computed, signal } from "@preact/signals";
import type { Note } from "../../shared/wire";
import { Unreachable } from "../../shared/push";
import type { Similar } from "../similar";
import { Alike } from "./alike";
import { Offers } from "./offers";
import { note, theme } from "./testing";

const HERE = theme("t1", 1);
const later = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Some notes, and a server that says what is like what; it answers when told to. */
function table(notes: readonly Note[], found: readonly Similar[] = []) {
  const held = signal(notes);
  const asked: (readonly string[])[] = [];
  let answer: (found: readonly Similar[]) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const offers = new Offers(computed(() => new Alike(held.value)), (ids) => {
    asked.push(ids);
    return new Promise((resolve, reject) => ([answer, fail] = [resolve, reject]));
  });
  const offered = () => offers.now.value?.notes.map(({ id }) => id) ?? [];
  return { offers, held, asked, offered, answer: () => answer(found), fail: (error: Error) => fail(error) };
}

const like = (note: string, clearly: boolean): Similar => ({ note, likeness: 0.9, clearly });

test("offered are the same words, what is nearly the same, and of the similar those that clearly are", async () => {
  const moved = note("a", { text: "Fler bussar", theme: "t1", by_person: true, near: ["c"] });
  const all = [
    moved,
    note("b", { text: "fler bussar!" }),
    note("c", { text: "Fler bussar nu", theme: "t2" }),
    note("d"),
    note("e"),
    note("placed by a person", { text: "Fler bussar", by_person: true, theme: "t2" }),
  ];
  const { offers, offered, answer, asked } = table(all, [like("c", true), like("d", true), like("e", false)]);
  const moves = offers.prepare([moved], HERE);
  assert.deepEqual(asked, [["a"]]);
  answer();
  await later();
  assert.deepEqual(offered(), []);
  moves();
  await later();
  assert.deepEqual(offered(), ["b", "c", "d"]);
});

test("without an answer what says the same is still offered", async () => {
  const moved = note("a", { text: "Fler bussar" });
  const { offers, offered, fail } = table([moved, note("b", { text: "Fler bussar" })]);
  offers.prepare([moved], HERE)();
  fail(new Unreachable("away"));
  await later();
  assert.deepEqual(offered(), ["b"]);
});

test("what a person places meanwhile is offered no more", async () => {
  const moved = note("a", { text: "Fler bussar" });
  const other = note("b", { text: "Fler bussar" });
  const { offers, offered, held, answer } = table([moved, other]);
  offers.prepare([moved], HERE)();
  answer();
  await later();
  assert.deepEqual(offered(), ["b"]);
  held.value = [moved, { ...other, theme: "t2", by_person: true }];
  assert.equal(offers.now.value, null);
});

test("an answer that comes after something else was done offers nothing", async () => {
  const moved = note("a", { text: "Fler bussar" });
  const { offers, offered, answer } = table([moved, note("b", { text: "Fler bussar" })]);
  offers.prepare([moved], HERE)();
  offers.withdraw();
  answer();
  await later();
  assert.deepEqual(offered(), []);
});

test("when many are moved at once nothing is asked", () => {
  const many = Array.from({ length: 21 }, (_, number) => note(`n${number}`));
  const { offers, asked } = table(many);
  offers.prepare(many, HERE)();
  assert.deepEqual(asked, []);
});
