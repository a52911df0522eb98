import assert from "node:assert/strict";
import { test } from "node:test";
import { newToken } from "./ids";

test("a token is 43 characters of base64url, and never the same", () => {
  const tokens = Array.from({ length: 1000 }, newToken);
  for (const token of tokens) assert.ok(/^[A-Za-z0-9_-]{43}$/.test(token), token);
  assert.equal(new Set(tokens).size, tokens.length);
});
