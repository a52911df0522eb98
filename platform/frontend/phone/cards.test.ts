import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note } from "../shared/wire";
import { otherTables, ownCards, tableNotes } from "./cards";
import type { Own, Queued } from "./queued";

function own(...ids: string[]): Map<string, Own> {
  return new Map(ids.map((id) => [id, { id, group: 3, question: "q1", text: `${id} as written` }]));
}

function note(id: string, group = 3, text = `${id} at the server`): Note {
  return {
    id, group, text, question: "q1", source: "phone", late: false,
    created_at: "2026-01-01T18:00:00Z", edited_at: null, order: 1, revision: 1,
  };
}

const add: Queued = { key: "1", mutation: { id: "a", kind: "note.add", question: "q1", text: "a as written" } };
const edit: Queued = { key: "2", mutation: { id: "e", kind: "note.edit", note: "a", text: "a changed" } };

test("a note is on the phone until its last change is acknowledged", () => {
  assert.equal(ownCards("q1", own("a"), [add], new Map())[0]?.place, "phone");
  assert.equal(ownCards("q1", own("a"), [], new Map())[0]?.place, "server");
  const [changed] = ownCards("q1", own("a"), [edit], new Map([["a", note("a")]]));
  assert.deepEqual([changed?.place, changed?.text], ["phone", "a changed"]);
});

test("between the ack and the message the note shows as it was written", () => {
  assert.equal(ownCards("q1", own("a"), [], new Map())[0]?.text, "a as written");
  assert.equal(ownCards("q1", own("a"), [], new Map([["a", note("a")]]))[0]?.text, "a at the server");
});

test("the newest stands first, and only notes of the question", () => {
  assert.deepEqual(ownCards("q1", own("a", "b"), [], new Map()).map((card) => card.id), ["b", "a"]);
  assert.deepEqual(ownCards("q2", own("a", "b"), [], new Map()), []);
});

test("a hidden note stays with its writer, with the reason", () => {
  const hidden = { id: "a", group: 3, question: "q1", revision: 2, text: null, gone: true, reason: "hidden", why: "A name" } as const;
  const [card] = ownCards("q1", own("a"), [], new Map([["a", hidden]]));
  assert.deepEqual([card?.text, card?.hidden], ["a as written", "A name"]);
});

test("a withdrawn note can be undone while it is held, and is then gone", () => {
  const withdrawal = { key: "3", mutation: { id: "w", kind: "note.withdraw", note: "a" } } as const;
  const held = { ...withdrawal, notBefore: Date.now() + 5000 };
  assert.equal(ownCards("q1", own("a"), [held], new Map())[0]?.undo, "3");
  assert.deepEqual(ownCards("q1", own("a"), [withdrawal], new Map()), []);
});

test("the table's list leaves out this phone's notes, and other tables stand by themselves", () => {
  const notes = [note("a"), note("b"), note("c", 1), note("d", 1)];
  assert.deepEqual(tableNotes("q1", 3, own("a"), notes).map((each) => each.id), ["b"]);
  assert.deepEqual(otherTables("q1", 3, notes).map(([table, list]) => [table, list.length]), [[1, 2]]);
});
