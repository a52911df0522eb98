import assert from "node:assert/strict";
import { test } from "node:test";
import { fragment, readFragment } from "./view";

test("the address tells the view and keeps a guest's token", () => {
  assert.deepEqual(readFragment(""), { token: "", view: "evening" });
  assert.deepEqual(readFragment("#teman"), { token: "", view: "themes" });
  assert.deepEqual(readFragment("#aB-3_x&teman"), { token: "aB-3_x", view: "themes" });
  for (const token of ["", "aB-3_x"]) {
    for (const view of ["evening", "themes", "summary", "names"] as const) {
      assert.deepEqual(readFragment(`#${fragment(token, view)}`), { token, view });
    }
  }
});
