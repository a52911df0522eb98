import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, hasControls, lengthOf } from "./text";

test("length is counted in code points after NFC, as the server does", () => {
  assert.equal(lengthOf("a\u030a"), 1);
  assert.equal(lengthOf("😀😀"), 2);
  assert.equal(lengthOf("👩‍🚒"), 3);
});

test("blanks around a text go; what cannot be seen nor kept is found", () => {
  assert.equal(clean("  rad ett\r\nrad två \n"), "rad ett\nrad två");
  for (const control of ["\u0000", "\u000b", "\u009f", "\ud800", "\uffff"]) assert.ok(hasControls(`före${control}efter`));
  assert.ok(!hasControls("مرحبا 👩‍🚒 \u202eabc\tåäö\n"));
  assert.equal(clean("مرحبا 👩‍🚒 \u202eabc\tåäö"), "مرحبا 👩‍🚒 \u202eabc\tåäö");
});
