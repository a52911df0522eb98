import assert from "node:assert/strict";
import { test } from "node:test";
import { t, tn, useWords } from "./words";

const swedish = {
  "Table %(number)s": "Bord %(number)s",
  "%(n)s note": ["%(n)s lapp", "%(n)s lappar"],
  "Untranslated": "",
};

test("a text is translated and its places are filled", () => {
  useWords(swedish, "sv");
  assert.equal(t("Table %(number)s", { number: 3 }), "Bord 3");
});

test("a missing or empty translation shows the msgid", () => {
  useWords(swedish, "sv");
  assert.equal(t("Not in the catalogue"), "Not in the catalogue");
  assert.equal(t("Untranslated"), "Untranslated");
});

test("the plural form follows the number", () => {
  useWords(swedish, "sv");
  assert.equal(tn("%(n)s note", "%(n)s notes", 1), "1 lapp");
  assert.equal(tn("%(n)s note", "%(n)s notes", 0), "0 lappar");
  assert.equal(tn("%(n)s day", "%(n)s days", 2), "2 days");
});

test("what a person wrote is put in as it is, even when it looks like a place", () => {
  useWords({}, "en");
  assert.equal(t("Said: %(text)s", { text: "100 % of %(text)s $& $1" }), "Said: 100 % of %(text)s $& $1");
});
