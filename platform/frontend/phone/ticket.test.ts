import assert from "node:assert/strict";
import { test } from "node:test";
import { readFragment } from "./ticket";

test("a table's QR carries code, table and secret", () => {
  assert.deepEqual(readFragment("#KRTM7W.3.s3cret_-x"), { code: "KRTM7W", group: 3, secret: "s3cret_-x" });
});

test("the projector's QR carries the code alone, in any case", () => {
  assert.deepEqual(readFragment("#krtm7w"), { code: "KRTM7W", group: null, secret: null });
});

test("anything else is no way in", () => {
  for (const bad of ["", "#", "#KRT", "#KRTM7W.x.y", "#KRTM7W.3.<script>", "#../../etc"]) assert.equal(readFragment(bad), null);
});
