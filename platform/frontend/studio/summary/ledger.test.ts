import assert from "node:assert/strict";
import { test } from "node:test";
import type { GoneNote, Note } from "../../shared/wire";
import { note } from "../themes/testing";
import { ledgerOf, WHEREABOUTS } from "./ledger";
import { marksOf } from "./marks";

const NOTES: (Note | GoneNote)[] = [
  note("n1", { theme: "t1" }),
  { id: "n2", group: 1, question: "q1", revision: 9, text: null, gone: true, reason: "withdrawn", order: 500 },
  note("n3", { group: 2, hidden: { reason: "Namn", by: "Anna", at: "" }, order: 501 }),
  note("n4", { theme: "gone", order: 502 }),
  note("n5", { group: 2, order: 503 }),
];

test("every note is in one place, and every row adds up", () => {
  const { rows, total } = ledgerOf(NOTES, new Set(["t1"]));
  assert.deepEqual(total, { received: 5, in: { themes: 1, unplaced: 2, hidden: 1, withdrawn: 1 } });
  assert.deepEqual(rows.map(({ group, received }) => [group, received]), [[1, 3], [2, 2]]);
  for (const row of [...rows, total]) assert.equal(WHEREABOUTS.reduce((sum, place) => sum + row.in[place], 0), row.received);
});

test("hidden and withdrawn notes keep their numbers", () => {
  const marks = marksOf([...NOTES].reverse());
  assert.deepEqual(["n1", "n4", "n5"].map((id) => marks.get(id)), ["G1·1", "G1·3", "G2·2"]);
});
