import assert from "node:assert/strict";
import { test } from "node:test";
import { isFree } from "./shelf";
import { MapShelf } from "./shelf_map";

test("a queue keeps its order and never gives a key out twice", async () => {
  const shelf = new MapShelf();
  await shelf.append("q/", [{ id: "b", value: 1 }, { id: "a", value: 2 }]);
  await shelf.append("q/", [{ id: "c", value: 3 }], [["other", 4]]);
  assert.deepEqual((await shelf.list("q/")).map(([, value]) => value), [1, 2, 3]);
  assert.equal(await shelf.get("other"), 4);
  const [first] = (await shelf.list("q/"))[0]!;
  await shelf.change((await shelf.list("q/")).map(([key]) => [key, undefined] as const));
  await shelf.append("q/", [{ id: "d", value: 5 }]);
  assert.ok((await shelf.list("q/"))[0]![0] !== first);
});

test("a change that cannot be made in full is not made at all", async () => {
  class Small extends MapShelf {
    protected override put(key: string, value: string | undefined): void {
      if (key === "two" && value !== undefined) throw new Error("full");
      super.put(key, value);
    }
  }
  const shelf = new Small();
  await shelf.change([["old", 1]]);
  await assert.rejects(shelf.change([["old", undefined], ["one", 1], ["two", 2]]), Error);
  assert.equal(await shelf.get("one"), undefined);
  assert.equal(await shelf.get("old"), 1);
});

test("one tab at a time holds a lease, until it ends or cannot be true", async () => {
  const shelf = new MapShelf();
  assert.equal(await shelf.claim("lease", "me", 1000), true);
  assert.equal(await shelf.claim("lease", "you", 1000), false);
  assert.equal(await shelf.claim("lease", "me", 1000), true);
  assert.equal(isFree({ holder: "me", until: 500 }, "you", 1000, 501), true);
  assert.equal(isFree({ holder: "me", until: 99_000 }, "you", 1000, 500), true);
});
