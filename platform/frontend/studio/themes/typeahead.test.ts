import assert from "node:assert/strict";
import { test } from "node:test";
import { theme } from "./testing";
import { find, hasLabel, type Numbered } from "./typeahead";

const THEMES: Numbered[] = ["Kommunikation", "Mötesplatser", "Trygg kommun", "Ekonomi"].map((label, index) => ({
  number: index + 1,
  theme: theme(label, index, { label, keywords: label === "Ekonomi" ? ["bidrag"] : [] }),
}));
THEMES.push({ number: 12, theme: theme("twelve", 12, { label: "4 H" }) });

function labels(typed: string): string[] {
  return find(typed, THEMES).map((one) => one.theme.label);
}

test("nothing typed shows all, in their order", () => {
  assert.deepEqual(labels(" "), ["Kommunikation", "Mötesplatser", "Trygg kommun", "Ekonomi", "4 H"]);
});

test("a number is that theme, before those that begin with it", () => {
  assert.deepEqual(labels("1"), ["Kommunikation", "4 H"]);
  assert.equal(labels("4")[0], "Ekonomi");
});

test("the beginning of a name comes before a word in it, a keyword, and letters inside", () => {
  assert.deepEqual(labels("kom"), ["Kommunikation", "Trygg kommun"]);
  assert.deepEqual(labels("bidr"), ["Ekonomi"]);
  assert.deepEqual(labels("ono"), ["Ekonomi"]);
  assert.deepEqual(labels("xyz"), []);
});

test("a name that is there is not offered as new", () => {
  assert.ok(hasLabel(" kommunikation ", THEMES));
  assert.ok(!hasLabel("kommun", THEMES));
});
