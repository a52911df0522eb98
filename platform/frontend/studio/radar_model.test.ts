import assert from "node:assert/strict";
import { test } from "node:test";
import type { Group, Round } from "../shared/wire";
import { read, RoundWatch, totals } from "./radar_model";

const MINUTE = 60_000;
const OPENED = Date.parse("2026-03-06T18:00:00Z");

function table(part: Partial<Group>): Group {
  return {
    number: 5,
    name: "",
    done: false,
    scribe: null,
    revision: 1,
    notes: 0,
    joined: 4,
    joined_late: 0,
    last_note_at: null,
    ...part,
  };
}

function at(minutes: number): string {
  return new Date(OPENED + minutes * MINUTE).toISOString();
}

test("a table is silent from the threshold on, counted from its last note", () => {
  const reading = (minute: number) => read(table({ last_note_at: at(2) }), OPENED, OPENED + minute * MINUTE, 4);
  assert.equal(reading(5.9).sign, "writing");
  assert.equal(reading(6).sign, "silent");
  assert.equal(reading(6).silent, 4);
});

test("silence is counted from the opening when the last note is older than the question", () => {
  const reading = read(table({ last_note_at: at(-30) }), OPENED, OPENED + 3 * MINUTE, 4);
  assert.deepEqual([reading.sign, reading.silent, reading.sinceNote], ["writing", 3, 33]);
});

test("nobody is called silent who is done, has not joined or has no question", () => {
  const later = OPENED + 60 * MINUTE;
  assert.equal(read(table({ done: true }), OPENED, later, 4).sign, "done");
  assert.equal(read(table({ joined: 0 }), OPENED, later, 4).sign, "nobody");
  assert.equal(read(table({}), null, later, 4).sign, "idle");
});

test("a question that is seen opened again begins the silence anew", () => {
  const round: Round = {
    question: "q1",
    state: "open",
    shared: false,
    opened_at: at(0),
    closed_at: null,
    ends_at: null,
    revision: 1,
  };
  const watch = new RoundWatch();
  assert.equal(watch.since(round, OPENED + 10 * MINUTE), OPENED);
  assert.equal(watch.since(null, OPENED + 12 * MINUTE), null);
  assert.equal(watch.since(round, OPENED + 20 * MINUTE), OPENED + 20 * MINUTE);
  assert.equal(watch.since(round, OPENED + 25 * MINUTE), OPENED + 20 * MINUTE);
});

test("the sums are of all tables", () => {
  const sum = totals([table({ joined: 3, joined_late: 1, notes: 7 }), table({ joined: 2, notes: 1 })]);
  assert.deepEqual(sum, { joined: 5, late: 1, notes: 8 });
});
