import assert from "node:assert/strict";
import { test } from "node:test";
import { MapShelf } from "./shelf_map";
import { keepScan, keepTicket, readFragment, readScan, wipe, type Scanned } from "./ticket";

test("a table's QR carries code, table and secret", () => {
  assert.deepEqual(readFragment("#KRTM7W.3.s3cret_-x"), { code: "KRTM7W", group: 3, secret: "s3cret_-x" });
});

test("the projector's QR carries no table", () => {
  assert.deepEqual(readFragment("#KRTM7W..s3cret_-x"), { code: "KRTM7W", group: null, secret: "s3cret_-x" });
});

test("a code alone is enough, in any case", () => {
  assert.deepEqual(readFragment("#krtm7w"), { code: "KRTM7W", group: null, secret: null });
});

test("anything else is no way in", () => {
  for (const bad of ["", "#", "#KRT", "#KRTM7W.x.y", "#KRTM7W.3.<script>", "#../../etc"]) assert.equal(readFragment(bad), null);
});

test("a scan is kept until there is a seat, and leaves with the rest", async () => {
  const shelf = new MapShelf();
  const scanned: Scanned = { code: "KRTM7W", group: 3, secret: "s3cret" };
  await keepScan(shelf, scanned);
  assert.deepEqual(await readScan(shelf, "KRTM7W"), scanned);
  assert.equal(await readScan(shelf, "8HKWK2"), null);
  await keepTicket(shelf, { code: "KRTM7W", token: "t", participant: "p", group: 3, secret: "s3cret" });
  assert.equal(await readScan(shelf, "KRTM7W"), null);
  await keepScan(shelf, scanned);
  await wipe(shelf, "KRTM7W");
  assert.equal(await readScan(shelf, "KRTM7W"), null);
});
