import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, lengthOf } from "./text";

test("length is counted in code points after NFC, as the server does", () => {
  assert.equal(lengthOf("a\u030a"), 1);
  assert.equal(lengthOf("😀😀"), 2);
  assert.equal(lengthOf("👩‍🚒"), 3);
});

test("what nobody can see is taken out of a pasted text, and nothing else", () => {
  assert.equal(clean("  rad ett\r\nrad två\u0000\u000b\ud800 \n"), "rad ett\nrad två");
  assert.equal(clean("مرحبا 👩‍🚒 \u202eabc\tåäö"), "مرحبا 👩‍🚒 \u202eabc\tåäö");
});
