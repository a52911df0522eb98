import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { Drawer } from "./drawer";
import { Pens } from "./pens";
import { line, Server, type Seat } from "./testing";

function pensOf(seat: Seat): Pens {
  const pens = new Pens(seat.store, seat, new Drawer(seat.shelf, "ABC234"));
  pens.watch();
  return pens;
}

/** Time passes, and everybody has their say. */
async function pause(context: TestContext, milliseconds = 1000): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await Promise.resolve();
  context.mock.timers.tick(milliseconds);
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}

function still(context: TestContext): void {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
}

const edits = (server: Server) => server.sent.filter(({ kind }) => kind === "line.edit").length;

test("what one writes is saved in the pauses, and the pen is laid away with it", async (context) => {
  still(context);
  const server = new Server(line("a", { text: "Ett" }));
  const pens = pensOf(server.sit("Anna"));
  pens.takeUp("a");
  pens.write("a", { text: "Ett t" });
  await pause(context, 500);
  pens.write("a", { text: "Ett två" });
  assert.equal(pens.all.value.get("a")?.state, "saving");
  await pause(context, 500);
  assert.equal(edits(server), 0);
  await pause(context, 500);
  assert.deepEqual([server.lines.get("a")?.text, edits(server)], ["Ett två", 1]);
  assert.equal(pens.all.value.get("a")?.state, "saved");
  pens.layDown("a");
  await pause(context);
  assert.deepEqual([pens.all.value.size, server.lines.get("a")?.held], [0, null]);
});

test("a line is held while one writes, and nobody else's words get in", async (context) => {
  still(context);
  const server = new Server(line("a", { text: "Ett" }));
  const [anna, bo] = [pensOf(server.sit("Anna")), pensOf(server.sit("Bo"))];
  anna.takeUp("a");
  await pause(context);
  assert.equal(server.lines.get("a")?.held?.by, "Anna");
  bo.write("a", { text: "Bos ord" });
  await pause(context);
  assert.deepEqual([bo.all.value.get("a")?.state, bo.all.value.get("a")?.text], ["held", "Bos ord"]);
  assert.equal(server.lines.get("a")?.text, "Ett");
  anna.layDown("a");
  await pause(context);
  await pause(context);
  assert.equal(server.lines.get("a")?.text, "Bos ord");
});

test("what is saved is seen here until it has come back, so that nothing flickers", async (context) => {
  still(context);
  const server = new Server(line("a", { text: "Ett" }));
  const seat = server.sit("Anna");
  const pens = pensOf(seat);
  seat.slow = true;
  pens.write("a", { text: "Två" });
  await pause(context);
  assert.deepEqual([server.lines.get("a")?.text, pens.all.value.get("a")?.text], ["Två", "Två"]);
  seat.comeBack();
  assert.deepEqual([seat.store.liveLines()[0]?.text, pens.all.value.size], ["Två", 0]);
});

test("two who change the same words both keep them until one of them decides", async (context) => {
  still(context);
  const server = new Server(line("a", { text: "Ett" }));
  const seat = server.sit("Bo");
  const [anna, bo] = [pensOf(server.sit("Anna")), pensOf(seat)];
  seat.leave();
  bo.write("a", { text: "Bos ord" });
  anna.write("a", { text: "Annas ord" });
  await pause(context);
  assert.deepEqual([server.lines.get("a")?.text, bo.all.value.get("a")?.state], ["Annas ord", "kept"]);
  seat.comeBack();
  await pause(context);
  assert.deepEqual([bo.all.value.get("a")?.state, bo.all.value.get("a")?.text], ["overtaken", "Bos ord"]);
  bo.write("a", { text: "Bos ord, och fler" });
  await pause(context);
  assert.equal(server.lines.get("a")?.text, "Annas ord");
  bo.settle("a", true);
  await pause(context);
  assert.equal(server.lines.get("a")?.text, "Bos ord, och fler");
});

test("theirs can stand, and then nothing of mine is sent", async (context) => {
  still(context);
  const server = new Server(line("a", { text: "Ett" }));
  const seat = server.sit("Bo");
  const [anna, bo] = [pensOf(server.sit("Anna")), pensOf(seat)];
  seat.leave();
  bo.write("a", { text: "Bos ord" });
  anna.write("a", { text: "Annas ord" });
  await pause(context);
  seat.comeBack();
  await pause(context);
  bo.settle("a", false);
  await pause(context);
  assert.deepEqual([server.lines.get("a")?.text, bo.all.value.size, seat.shelf.length], ["Annas ord", 0, 0]);
});

test("one changes the words and one the sources: both stand", async (context) => {
  still(context);
  const server = new Server(line("a", { text: "Ett" }));
  const seat = server.sit("Bo");
  const [anna, bo] = [pensOf(server.sit("Anna")), pensOf(seat)];
  seat.leave();
  bo.write("a", { notes: ["n1"] });
  await pause(context);
  anna.write("a", { text: "Annas ord" });
  await pause(context);
  seat.comeBack();
  await pause(context);
  await pause(context);
  const { text, notes } = server.lines.get("a")!;
  assert.deepEqual([text, notes, bo.all.value.size], ["Annas ord", ["n1"], 0]);
});

test("what the server has taken though its answer was lost is not written twice", async (context) => {
  still(context);
  const server = new Server(line("a", { text: "Ett" }));
  const seat = server.sit("Anna");
  const pens = pensOf(seat);
  seat.deaf = true;
  pens.write("a", { text: "Två" });
  await pause(context);
  assert.equal(pens.all.value.get("a")?.state, "kept");
  seat.comeBack();
  await pause(context);
  const ids = new Set(server.sent.filter(({ kind }) => kind === "line.edit").map(({ id }) => id));
  assert.deepEqual([server.lines.get("a")?.text, ids.size, pens.all.value.size], ["Två", 1, 0]);
});

test("without a connection it is kept over a reload, and arrives when the server is back", async (context) => {
  still(context);
  const server = new Server(line("a", { text: "Ett" }));
  const seat = server.sit("Anna");
  const before = pensOf(seat);
  seat.leave();
  before.write("a", { text: "Två" });
  const added = before.begin({ section: "tensions", after: null }, { text: "Ny", notes: ["n1"] });
  await pause(context);
  assert.deepEqual([before.all.value.get("a")?.state, before.all.value.get(added)?.state], ["kept", "kept"]);
  assert.ok(before.unsaved);

  const after = pensOf(seat);
  assert.equal(after.all.value.get("a")?.text, "Två");
  seat.comeBack();
  await pause(context);
  assert.deepEqual([server.lines.get("a")?.text, server.lines.get(added)?.text], ["Två", "Ny"]);
  assert.deepEqual([after.all.value.size, seat.shelf.length, after.unsaved], [0, 0, false]);
});

test("a new line is sent with its first words, and one without any leaves nothing behind", async (context) => {
  still(context);
  const server = new Server();
  const seat = server.sit("Anna");
  const pens = pensOf(seat);
  const empty = pens.begin({ section: "intro", after: null }, { text: "", notes: [] });
  pens.layDown(empty);
  const id = pens.begin({ section: "intro", after: null }, { text: "", notes: ["n1"] });
  await pause(context);
  assert.deepEqual([server.sent, [...pens.all.value.keys()], seat.shelf.length], [[], [id], 1]);
  pens.write(id, { text: "Ord" });
  pens.layDown(id);
  await pause(context);
  assert.deepEqual([server.lines.get(id)?.text, server.lines.get(id)?.notes, pens.all.value.size], ["Ord", ["n1"], 0]);
});

test("what one wrote in a line that was removed becomes a line of its own", async (context) => {
  still(context);
  const server = new Server(line("a", { text: "Ett" }));
  const seat = server.sit("Anna");
  const pens = pensOf(seat);
  seat.leave();
  pens.write("a", { text: "Mina ord" });
  await pause(context);
  server.lines.delete("a");
  seat.comeBack();
  await pause(context);
  assert.deepEqual([pens.all.value.get("a")?.state, pens.all.value.get("a")?.text], ["gone", "Mina ord"]);
  const id = pens.anew("a", { section: "intro", after: "a" })!;
  await pause(context);
  assert.equal(server.lines.get(id)?.text, "Mina ord");
});
