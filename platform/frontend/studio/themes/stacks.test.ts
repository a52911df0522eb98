import assert from "node:assert/strict";
import { test } from "node:test";
import { groupsOf, sameWords, stack } from "./stacks";
import { note } from "./testing";

test("case, spaces and signs do not make other words, accents and letters do", () => {
  assert.equal(sameWords("  Fler  MÖTESPLATSER!"), sameWords("fler mötesplatser"));
  assert.notEqual(sameWords("mötesplatser"), sameWords("motesplatser"));
  assert.notEqual(sameWords("mötesplats"), sameWords("mötesplatser"));
});

test("notes of signs alone are the same only when the signs are", () => {
  assert.notEqual(sameWords("👍"), sameWords("👎"));
  assert.notEqual(sameWords("?"), sameWords("!"));
});

test("a stack keeps every note and tells its groups; sides are not mixed", () => {
  const notes = [
    note("a", { text: "Fler bussar", group: 4 }),
    note("b", { text: "Något annat" }),
    note("c", { text: "fler bussar.", group: 2 }),
    note("d", { text: "Fler bussar", side: "against" }),
  ];
  const cards = stack(notes);
  assert.deepEqual(cards.map((card) => card.notes.map(({ id }) => id)), [["a", "c"], ["b"], ["d"]]);
  assert.equal(cards[0]!.key, "a");
  assert.deepEqual(groupsOf(cards[0]!.notes), [2, 4]);
});
