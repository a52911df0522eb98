import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "./compare";
import { spansOf } from "./emphasis";

const plain = (text: string) => ({ text, strong: false, em: false });

test("stars mark words, and nothing else means anything", () => {
  assert.deepEqual(spansOf("Vi vill **ha** *fler* bussar"), [
    plain("Vi vill "),
    { text: "ha", strong: true, em: false },
    plain(" "),
    { text: "fler", strong: false, em: true },
    plain(" bussar"),
  ]);
  for (const text of ["# rubrik", "[a](https://example.se)", "<b>x</b>", "`kod`", "- punkt", "2 * 3 * 4", "&amp;", "\\n", "_a_ __b__"]) {
    const spans = spansOf(text);
    assert.equal(spans.map((span) => span.text).join(""), text);
    assert.ok(spans.every(({ strong, em }) => !strong && !em));
  }
});

test("each side has all of its words, and marks those that are its own", () => {
  const { before, after } = compare("Fler bussar på kvällen", "Fler turer på kvällen, sent");
  assert.deepEqual([before, after].map((side) => side.map(({ text }) => text).join("")), [
    "Fler bussar på kvällen",
    "Fler turer på kvällen, sent",
  ]);
  assert.deepEqual(before.filter(({ own }) => own).map(({ text }) => text), ["bussar"]);
  assert.deepEqual(after.filter(({ own }) => own).map(({ text }) => text), ["turer", ", sent"]);
});
