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
    const drawn = lanes.flatMap(({ circles }) => circles);
    for (const [index, circle] of drawn.entries()) {
      assert.ok(circle.x - radius >= 0 && circle.x + radius <= WIDTH);
      assert.ok(circle.y - radius >= 0 && circle.y + radius <= HEIGHT);
      for (const other of drawn.slice(0, index)) {
        assert.ok(Math.hypot(circle.x - other.x, circle.y - other.y) >= radius * 2);
      }
    }
  });
}

test("a lane is as long as its theme has groups", () => {
  const { lanes } = picture(themes(3, 5));
  assert.deepEqual(lanes.map(({ circles }) => circles.length), [5, 4, 3]);
});

test("numbers stand in circles that are large enough to read them in", () => {
  assert.ok(picture(themes(9, 9)).numbered);
  assert.ok(picture(themes(18, 12)).numbered);
  assert.ok(!picture(themes(24, 30)).numbered);
});

test("no themes, no lanes", () => assert.deepEqual(picture([]).lanes, []));

test("a label breaks between words, on two lines at most", () => {
  assert.deepEqual(broken("Mötesplatser", 20), ["Mötesplatser"]);
  assert.deepEqual(broken("Mötesplatser för unga", 15), ["Mötesplatser", "för unga"]);
  assert.deepEqual(broken("ett två tre fyra fem sex", 8), ["ett två", "tre…"]);
  assert.deepEqual(broken("Samhällsplaneringsprocessen", 10), ["Samhällsp…"]);
});
