import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "./store";
import type { Action, Changes, GoneNote, Note, Theme } from "./wire";

function note(id: string, revision: number, text = id): Note {
  return {
    id, revision, text, group: 1, question: "q1", source: "phone", late: false,
    created_at: "2026-01-01T18:00:00Z", edited_at: null, order: revision,
  };
}

function gone(id: string, revision: number): GoneNote {
  return { id, revision, group: 1, question: "q1", text: null, gone: true, reason: "withdrawn" };
}

function changes(from: number, revision: number, more: Partial<Changes> = {}): Changes {
  return { from, revision, now: new Date().toISOString(), ...more };
}

test("a message that begins where we are, or earlier, is applied", () => {
  const store = new Store();
  assert.equal(store.apply(changes(0, 5, { notes: [note("a", 4)] })), "applied");
  assert.equal(store.apply(changes(3, 9, { notes: [note("b", 8)] })), "applied");
  assert.equal(store.known.value, 9);
  assert.deepEqual(store.liveNotes().map((each) => each.id), ["a", "b"]);
});

test("a message that begins later is a gap and changes nothing", () => {
  const store = new Store();
  store.apply(changes(0, 5));
  assert.equal(store.apply(changes(6, 7, { notes: [note("a", 7)] })), "gap");
  assert.equal(store.known.value, 5);
  assert.equal(store.notes.value.size, 0);
});

test("the higher revision wins, whatever the order of arrival", () => {
  const store = new Store();
  store.apply(changes(0, 9, { notes: [note("a", 8, "new")] }));
  store.apply(changes(0, 7, { notes: [note("a", 3, "old")] }));
  assert.equal(store.liveNotes()[0]?.text, "new");
  assert.equal(store.known.value, 9);
});

test("a note that went away is not brought back by an older message", () => {
  const store = new Store();
  store.apply(changes(0, 9, { notes: [gone("a", 9)] }));
  store.apply(changes(0, 5, { notes: [note("a", 5)] }));
  assert.deepEqual(store.liveNotes(), []);
});

test("an older message does not put the workshop's former state back", () => {
  const store = new Store();
  const workshop = {
    code: "KRTM7W", title: "t", held_on: null, place: "", language: "sv", screen: "join" as const,
    message: "", message_at: null,
  };
  store.apply(changes(0, 9, { workshop: { ...workshop, state: "closed" } }));
  store.apply(changes(0, 5, { workshop: { ...workshop, state: "open" } }));
  assert.equal(store.workshop.value?.state, "closed");
});

test("a message that comes late brings nothing back that a snapshot has left out", () => {
  const store = new Store();
  store.apply(changes(0, 9, { notes: [note("b", 9)] }));
  store.apply(changes(0, 5, { notes: [note("a", 5)] }));
  assert.deepEqual(store.liveNotes().map((each) => each.id), ["b"]);
});

test("a table that a draft lost is gone, and one that came is there", () => {
  const store = new Store();
  const workshop = {
    code: "KRTM7W", title: "t", held_on: null, place: "", language: "sv", state: "draft" as const, screen: "join" as const,
    message: "", message_at: null,
  };
  const table = (number: number, revision: number) => ({ number, name: "", done: false, scribe: null, revision });
  store.apply(changes(0, 5, { workshop, groups: [table(1, 1), table(2, 1)] }));
  store.apply(changes(5, 8, { workshop, groups: [table(1, 1), table(3, 8)] }));
  assert.deepEqual([...store.groups.value.keys()], [1, 3]);
});

test("a restored server is believed about everything", () => {
  const store = new Store();
  store.apply(changes(0, 9, { notes: [note("a", 9)] }));
  store.startOver(changes(0, 4, { notes: [note("b", 4)] }));
  assert.deepEqual(store.liveNotes().map((each) => each.id), ["b"]);
  assert.equal(store.known.value, 4);
  assert.equal(store.restored.value, 1);
});

test("the state is that of the same lines at the server", () => {
  const store = new Store();
  assert.equal(store.state(), "00000000");
  const round = { question: "q1", state: "open" as const, shared: false, opened_at: null, closed_at: null, ends_at: null };
  const table = { number: 12, name: "", done: false, scribe: null };
  const theme = { id: "t1", label: "", named: true, keywords: [], quotation: null, question: null, position: 1, revision: 6 };
  store.apply(changes(0, 9, {
    notes: [note("b", 8), note("a", 10), gone("c", 9)], rounds: [{ ...round, revision: 3 }],
    groups: [{ ...table, revision: 7 }], themes: [theme, { id: "t0", revision: 6, gone: true }],
  }));
  // python3 -c 'import zlib; print(f"{zlib.crc32(b"group 12 7\nnote a 10\nnote b 8\nround q1 3\ntheme t1 6"):08x}")'
  assert.equal(store.state(), "49660808");
});

test("a theme that was removed is gone until a newer message brings it back", () => {
  const store = new Store();
  const theme = (id: string, position: number, revision: number): Theme => ({
    id, position, revision, label: id, named: false, keywords: [], quotation: null, question: null,
  });
  store.apply(changes(0, 5, { themes: [theme("t1", 2, 4), theme("t2", 1, 5)] }));
  store.apply(changes(5, 6, { themes: [{ id: "t2", revision: 6, gone: true }] }));
  assert.deepEqual(store.liveThemes().map(({ id }) => id), ["t1"]);
  store.apply(changes(6, 7, { themes: [theme("t2", 1, 7)] }));
  assert.deepEqual(store.liveThemes().map(({ id }) => id), ["t2", "t1"]);
});

test("the log is in the order of the acts, and an act that was undone stays where it was", () => {
  const store = new Store();
  const action = (id: string, order: number, more: Partial<Action> = {}): Action => ({
    id, order, revision: order, by: "Anna", actor: "account:1", at: "2026-01-01T18:00:00Z", kind: "theme.move",
    notes: ["a"], themes: [], undoes: null, undone_by: null, skipped: 0, ...more,
  });
  store.apply(changes(0, 5, { actions: [action("one", 4), action("two", 5)] }));
  store.apply(changes(5, 6, { actions: [action("back", 6, { undoes: "one" }), action("one", 4, { undone_by: "back", revision: 6 })] }));
  assert.deepEqual(store.log().map(({ id, undone_by }) => [id, undone_by]), [["one", "back"], ["two", null], ["back", null]]);
});

test("an unknown field or kind of thing from a newer server upsets nothing", () => {
  const store = new Store();
  const news = { notes: [{ ...note("a", 4), source: "fax", colour: "blue" }], weather: [{ id: "sun" }] };
  assert.equal(store.apply(changes(0, 5, news as unknown as Partial<Changes>)), "applied");
  assert.deepEqual(store.liveNotes().map((each) => each.text), ["a"]);
});
