import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerError } from "../shared/push";
import type { Mutation } from "../shared/wire";
import { Patience } from "./patience";
import type { Queued } from "./queued";

const internal = () => new ServerError("internal", "Something went wrong.", null);

function note(id: string): Mutation {
  return { id, kind: "note.add", question: "q1", text: id };
}

/** A queue and a server that fails whenever it meets `poison`; `sent` is what it was given, try by try. */
function setUp(mutations: Mutation[], poison: string) {
  const patience = new Patience();
  const sent: string[][] = [];
  const aside: string[] = [];
  let queue: Queued[] = mutations.map((mutation) => ({ key: mutation.id, mutation }));
  const turn = () => {
    const chosen = patience.choose(queue);
    const ids = chosen.map(({ mutation }) => mutation.id);
    if (ids.length) sent.push(ids);
    const verdict = ids.includes(poison) ? patience.after(internal(), chosen) : patience.taken();
    if (verdict === "give up") aside.push(...ids);
    if (verdict === undefined || verdict === "give up") queue = queue.filter(({ key }) => !ids.includes(key));
  };
  return { patience, sent, aside, turns: (count: number) => Array.from({ length: count }).forEach(turn) };
}

test("what makes the server fail is told from the rest, which goes on in order, and is put aside", () => {
  const rest = ["a", "b", "c"];
  const { sent, aside, turns } = setUp([note("poison"), ...rest.map(note)], "poison");
  turns(20);
  assert.deepEqual(sent.slice(0, 4).map((batch) => batch.length), [4, 4, 4, 1]);
  assert.deepEqual(sent.slice(4, 7), [["a"], ["b"], ["c"]]);
  assert.deepEqual(sent.slice(7), Array.from({ length: 4 }, () => ["poison"]));
  assert.deepEqual(aside, ["poison"]);
});

test("what is done to a note waits for the note itself", () => {
  const edit: Mutation = { id: "e", kind: "note.edit", note: "poison", text: "changed" };
  const { sent, aside, turns } = setUp([note("poison"), edit, note("a")], "poison");
  turns(20);
  const alone = sent.slice(3).map(([id]) => id);
  assert.deepEqual(alone, ["poison", "a", "poison", "poison", "poison", "poison", "e"]);
  assert.deepEqual(aside, ["poison"]);
});

test("a server that was ill for a while gets everything in one batch again", () => {
  const { patience, sent, aside, turns } = setUp([note("a"), note("b")], "a");
  turns(2);
  assert.equal(patience.strained.value, true);
  patience.taken();
  assert.equal(patience.strained.value, false);
  turns(1);
  assert.deepEqual(sent, Array.from({ length: 3 }, () => ["a", "b"]));
  assert.deepEqual(aside, []);
});

test("a server that asks to be left alone is, whoever is in a hurry, and the person is told", () => {
  const { patience } = setUp([note("a")], "");
  const pause = patience.after(new ServerError("busy", "Busy.", 5), [{ key: "a", mutation: note("a") }]);
  assert.ok(typeof pause === "number" && pause >= 5000 && pause <= 6000);
  patience.hurry();
  assert.ok(patience.wait > 4000);
  assert.equal(patience.strained.value, true);
  patience.taken();
  assert.equal(patience.strained.value, false);
});
