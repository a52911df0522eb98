import assert from "node:assert/strict";
import { test } from "node:test";
import { Line } from "./line";

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

test("a hiccup is not mentioned, but counts as a new contact", async () => {
  const line = new Line();
  line.answered();
  line.lost();
  assert.equal(line.state.value, "online");
  await pause(50);
  line.answered();
  assert.equal(line.state.value, "online");
  assert.equal(line.contacts.value, 2);
  line.stop();
});

test("answers in a row are one contact", () => {
  const line = new Line();
  line.answered();
  line.answered();
  assert.equal(line.contacts.value, 1);
});

test("a longer loss is told in two steps, once each", async () => {
  const line = new Line();
  const told: string[] = [];
  line.answered();
  line.state.subscribe((state) => told.push(state));
  line.lost();
  line.lost();
  await pause(4200);
  assert.deepEqual(told, ["online", "connecting", "offline"]);
});
