import assert from "node:assert/strict";
import { test } from "node:test";
import { fullJitter } from "./backoff";

function pauses(failures: number): number[] {
  return Array.from({ length: 1000 }, () => fullJitter(failures, 10_000, 30_000));
}

test("a thousand who fail together are spread over the whole of the ceiling, with no crowd anywhere", () => {
  for (const [failures, ceiling] of [[0, 10_000], [1, 20_000], [2, 30_000], [9, 30_000]] as const) {
    const tenths = new Array<number>(10).fill(0);
    for (const pause of pauses(failures)) tenths[Math.floor((pause / ceiling) * 10)]!++;
    assert.equal(tenths.length, 10, "none waits longer than the ceiling");
    for (const count of tenths) assert.ok(count > 40 && count < 200, `${failures}: ${tenths}`);
  }
});
