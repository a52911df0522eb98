import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownTheme } from "../shared/wire";
import { broken, HEIGHT, MOST, picture, WIDTH } from "./lanes";

function themes(count: number, groups: number): ShownTheme[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `t${index}`,
    label: `Mötesplatser för unga i varje kommundel nummer ${index}`,
    groups: Array.from({ length: Math.max(1, groups - index) }, (_, group) => group + 1),
    position: index + 1,
    of: count,
  }));
}

for (const [count, groups] of [[1, 1], [9, 6], [10, 40], [24, 12], [60, 30]] as const) {
  test(`${count} themes of up to ${groups} groups stay inside the picture, and no two circles meet`, () => {
    const { lanes, radius, left } = picture(themes(count, groups));
    assert.equal(lanes.length + left, count);
    assert.ok(lanes.length <= MOST);
    for (const { x, y, circles } of lanes) {
      assert.ok(x >= 0 && y - radius >= 0 && y + radius <= HEIGHT);
      for (const [index, circle] of circles.entries()) {
        assert.ok(circle.x + radius <= WIDTH);
        assert.ok(index === 0 || circle.x - circles[index - 1]!.x >= radius * 2);
      }
    }
  });
}

test("a lane is as long as its theme has groups", () => {
  const { lanes } = picture(themes(3, 5));
  assert.deepEqual(lanes.map(({ circles }) => circles.length), [5, 4, 3]);
});

test("no themes, no lanes", () => assert.deepEqual(picture([]).lanes, []));

test("a label breaks between words, on two lines at most", () => {
  assert.deepEqual(broken("Mötesplatser", 20), ["Mötesplatser"]);
  assert.deepEqual(broken("Mötesplatser för unga", 15), ["Mötesplatser", "för unga"]);
  assert.deepEqual(broken("ett två tre fyra fem sex", 8), ["ett två", "tre…"]);
  assert.deepEqual(broken("Samhällsplaneringsprocessen", 10), ["Samhällsp…"]);
});
