import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note } from "../../shared/wire";
import { Alike, free } from "./alike";
import { note } from "./testing";

const ids = (notes: readonly Note[]) => notes.map(({ id }) => id);

test("notes with the same words are alike wherever they lie, and a note is not like itself", () => {
  const [a, b, c] = [note("a", { text: "Fler bussar" }), note("b", { text: "FLER BUSSAR!", theme: "t1" }), note("c")];
  const alike = new Alike([a, b, c]);
  assert.deepEqual(ids(alike.same([a])), ["b"]);
  assert.deepEqual(ids(alike.same([a, b])), []);
  assert.deepEqual(ids(alike.same([c])), []);
});

test("what one of equal notes is near, they all are, both ways", () => {
  const all = [
    note("a", { text: "Fler bussar", near: ["c"] }),
    note("b", { text: "fler bussar" }),
    note("c", { text: "Fler bussar nu", near: ["a"] }),
    note("d", { text: "fler bussar nu!" }),
  ];
  const alike = new Alike(all);
  for (const one of ["a", "b"]) assert.deepEqual(ids(alike.near([all.find(({ id }) => id === one)!])), ["c", "d"]);
  for (const one of ["c", "d"]) assert.deepEqual(ids(alike.near([all.find(({ id }) => id === one)!])), ["a", "b"]);
  assert.deepEqual(ids(alike.near(all)), []);
});

test("a note that is gone, or hidden since, is near nothing", () => {
  const one = note("a", { near: ["gone"] });
  assert.deepEqual(new Alike([one]).near([one]), []);
});

test("what the server names stands for all with its words, but for those asked about", () => {
  const all = [note("a", { text: "Buss" }), note("b", { text: "Tåg" }), note("c", { text: "tåg!" }), note("d", { text: "BUSS" })];
  assert.deepEqual(ids(new Alike(all).withWordsOf(["b", "d", "unknown"], [all[0]!])), ["b", "c"]);
});

test("offered are unplaced notes and those that the computer placed elsewhere, never what a person placed", () => {
  const all = [
    note("unplaced"),
    note("machine", { theme: "t2", by_person: false }),
    note("here", { theme: "t1" }),
    note("person", { theme: "t2", by_person: true }),
    note("taken out", { theme: null, by_person: true }),
  ];
  assert.deepEqual(ids(free(all, "t1")), ["unplaced", "machine"]);
});
