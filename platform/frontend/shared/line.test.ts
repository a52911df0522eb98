import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { Line } from "./line";

/** A line, what it has told and when, and a way to let time pass. */
function setUp(context: TestContext) {
  let clock = 0;
  context.mock.timers.enable({ apis: ["setTimeout"] });
  context.mock.method(performance, "now", () => clock);
  const line = new Line();
  const told: [string, number][] = [];
  line.state.subscribe((state) => told.push([state, clock]));
  const pass = (milliseconds: number) => {
    for (let step = 0; step < milliseconds; step += 100) {
      clock += 100;
      context.mock.timers.tick(100);
    }
  };
  return { line, told, pass };
}

test("a hiccup is not mentioned, but counts as a new contact", (context) => {
  const { line, told, pass } = setUp(context);
  line.answered();
  pass(5000);
  line.lost();
  pass(1000);
  line.answered();
  pass(10_000);
  assert.deepEqual(told.map(([state]) => state), ["connecting", "online"]);
  assert.equal(line.contacts.value, 2);
});

test("answers in a row are one contact", (context) => {
  const { line } = setUp(context);
  line.answered();
  line.answered();
  assert.equal(line.contacts.value, 1);
});

test("the first answer is told at once, and a first one that never comes is told too", (context) => {
  const { line, told, pass } = setUp(context);
  line.wait();
  pass(10_000);
  line.answered();
  assert.deepEqual(told.map(([state]) => state), ["connecting", "offline", "online"]);
});

test("a longer loss is told in two steps, once each", (context) => {
  const { line, told, pass } = setUp(context);
  line.answered();
  pass(10_000);
  line.lost();
  line.lost();
  pass(10_000);
  assert.deepEqual(told.map(([state]) => state), ["connecting", "online", "connecting", "offline"]);
});

test("however the network flaps, what is told stays for three seconds", (context) => {
  const { line, told, pass } = setUp(context);
  line.answered();
  for (let round = 0; round < 60; round++) {
    pass(100 + ((round * 700) % 2900));
    if (round % 3) line.lost();
    else line.answered();
  }
  const changes = told.slice(2).map(([, at], index) => at - told[index + 1]![1]);
  assert.ok(changes.length > 5 && changes.every((gap) => gap >= 3000), String(changes));
});

test("whatever was told last is true when it has been quiet", (context) => {
  const { line, told, pass } = setUp(context);
  line.answered();
  pass(4000);
  line.lost();
  pass(1600);
  line.answered();
  pass(10_000);
  assert.equal(told.at(-1)?.[0], "online");
});
