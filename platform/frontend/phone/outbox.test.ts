import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerError, Unreachable } from "../shared/push";
import type { Mutation, PushAnswer, Result } from "../shared/wire";
import { Outbox } from "./outbox";
import { MapShelf } from "./shelf_map";

type Answer = (batch: readonly Mutation[]) => PushAnswer;

/** An outbox with a server of the test's own making; `sent` is what reached it, batch by batch. */
function setUp(answer: Answer, shelf = new MapShelf()) {
  const sent: string[][] = [];
  const said: Result[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const outbox = new Outbox("KRTM7W", 3, {
    shelf,
    send: async (batch) => {
      sent.push(batch.map((each) => each.id));
      return answer(batch);
    },
    exclusive: (work) => {
      const mine = turn.then(work);
      turn = mine.catch(() => undefined);
      return mine;
    },
    changed: () => undefined,
    refused: (result) => said.push(result),
    arrived: (note) => note === "known",
  });
  return { outbox, sent, said, shelf };
}

const taken: Answer = (batch) => ({ revision: 1, results: batch.map(({ id }) => ({ id, status: "ok", revision: 1 })) });

function note(id: string, text = id): Mutation {
  return { id, kind: "note.add", question: "q1", text };
}

async function texts(shelf: MapShelf, place: string): Promise<string[]> {
  return (await shelf.list(`KRTM7W/${place}/`)).map(([key]) => key.split("/")[2]!);
}

test("what is added is on the shelf before it is sent, and leaves it when it is acknowledged", async () => {
  const { outbox, sent, shelf } = setUp(taken);
  await outbox.add([note("a")]);
  assert.deepEqual(outbox.queue.value.map((each) => each.mutation.id), ["a"]);
  await outbox.flush();
  assert.deepEqual(sent, [["a"]]);
  assert.deepEqual(await texts(shelf, "outbox"), []);
  assert.deepEqual(outbox.own.value.get("a")?.text, "a");
  outbox.stop();
});

test("when nobody answers everything stays, in order, for the next try", async () => {
  let up = false;
  const { outbox, sent } = setUp((batch) => {
    if (!up) throw new Unreachable("no");
    return taken(batch);
  });
  await outbox.add([note("a")]);
  await outbox.flush();
  await outbox.add([note("b")]);
  await outbox.add([note("c")]);
  await outbox.flush();
  assert.equal(outbox.queue.value.length, 3);
  up = true;
  await outbox.flush();
  assert.deepEqual(sent.at(-1), ["a", "b", "c"]);
  assert.equal(outbox.queue.value.length, 0);
  outbox.stop();
});

test("a hundred and twenty notes go in three batches, one after the other", async () => {
  const { outbox, sent } = setUp(taken);
  await outbox.add(Array.from({ length: 120 }, (_, index) => note(`n${index}`)));
  await outbox.flush();
  assert.deepEqual(sent.map((batch) => batch.length), [50, 50, 20]);
  outbox.stop();
});

test("what is missing from the answer stays and is sent again", async () => {
  let first = true;
  const { outbox, sent } = setUp((batch) => {
    const answer = taken(first ? batch.slice(0, 1) : batch);
    first = false;
    return answer;
  });
  await outbox.add([note("a"), note("b")]);
  await outbox.flush();
  assert.deepEqual(sent, [["a", "b"], ["b"]]);
  assert.equal(outbox.queue.value.length, 0);
  outbox.stop();
});

test("a server that says when to come back is not asked before that", async () => {
  const { outbox, sent } = setUp(() => ({ revision: 1, results: [], retry_after: 60 }));
  await outbox.add([note("a")]);
  await outbox.flush();
  await outbox.add([note("b")]);
  await outbox.flush();
  assert.deepEqual(sent, [["a"]]);
  assert.equal(outbox.queue.value.length, 2);
  outbox.stop();
});

test("a refused text moves to the tray with the reason, and stops nobody behind it", async () => {
  const { outbox, shelf } = setUp((batch) => ({
    revision: 1,
    results: batch.map(({ id }) =>
      id === "bad" ? { id, status: "rejected", code: "not_open", message: "Not open." } : { id, status: "ok", revision: 1 },
    ),
  }));
  await outbox.add([note("bad", "kept"), note("good")]);
  await outbox.flush();
  assert.deepEqual(await texts(shelf, "outbox"), []);
  assert.deepEqual(outbox.tray.value.map(({ text, message }) => [text, message]), [["kept", "Not open."]]);
  assert.equal(outbox.own.value.has("bad"), false);
  assert.equal(outbox.own.value.has("good"), true);
  outbox.stop();
});

test("one that poisons its batch is found and put aside", async () => {
  const { outbox, sent } = setUp((batch) => {
    if (batch.some((each) => each.id === "poison")) throw new ServerError("malformed", "Unreadable.", null);
    return taken(batch);
  });
  await outbox.add([note("poison"), ...Array.from({ length: 10 }, (_, index) => note(`n${index}`))]);
  await outbox.flush();
  assert.deepEqual(outbox.tray.value.map((each) => each.id), ["poison"]);
  assert.equal(outbox.queue.value.length, 0);
  assert.equal(new Set(sent.slice(1).flat()).size, 11);
  outbox.stop();
});

test("a caller that is not known loses nothing and does not hammer the door", async () => {
  const { outbox, sent } = setUp(() => {
    throw new ServerError("unauthorized", "Join again.", null);
  });
  await outbox.add([note("a")]);
  await outbox.flush();
  assert.equal(sent.length, 1);
  assert.equal(outbox.queue.value.length, 1);
  outbox.stop();
});

test("a withdrawal waits for its time to undo, and others go before it", async () => {
  const { outbox, sent } = setUp(taken);
  await outbox.withdraw({ id: "w", kind: "note.withdraw", note: "a" });
  await outbox.add([note("b")]);
  await outbox.flush();
  assert.deepEqual(sent, [["b"]]);
  await outbox.undo(outbox.queue.value[0]!.key);
  assert.equal(outbox.queue.value.length, 0);
  outbox.stop();
});

test("what waits for an undo goes at once when the page is put away", async () => {
  const { outbox, sent } = setUp(taken);
  await outbox.withdraw({ id: "w", kind: "note.withdraw", note: "a" });
  await outbox.flush();
  assert.deepEqual(sent, []);
  await outbox.release();
  await outbox.flush();
  assert.deepEqual(sent, [["w"]]);
  outbox.stop();
});

test("a note that had arrived under this phone's former name is not offered again", async () => {
  const { outbox } = setUp((batch) => ({
    revision: 1,
    results: batch.map(({ id }) => ({ id, status: "rejected", code: "id_taken" })),
  }));
  await outbox.add([note("known"), note("unknown")]);
  await outbox.flush();
  assert.deepEqual(outbox.tray.value.map((each) => each.id), ["unknown"]);
  outbox.stop();
});

test("after the server was restored only what it lost is sent again, by the same id", async () => {
  const { outbox, sent } = setUp(taken);
  await outbox.add([note("known"), note("lost")]);
  await outbox.flush();
  await outbox.resend();
  await outbox.flush();
  assert.deepEqual(sent, [["known", "lost"], ["lost"]]);
  outbox.stop();
});

test("a phone that cannot keep a note says so and keeps nothing half", async () => {
  class Full extends MapShelf {
    override async append(): Promise<void> {
      throw new Error("full");
    }
  }
  const { outbox, sent } = setUp(taken, new Full());
  await assert.rejects(outbox.add([note("a")]), Error);
  assert.deepEqual(sent, []);
  outbox.stop();
});

test("what has no text to keep is told instead of put in the tray", async () => {
  const { outbox, said } = setUp((batch) => ({
    revision: 1,
    results: batch.map(({ id }) => ({ id, status: "rejected", code: "scribe_taken", message: "Taken." })),
  }));
  await outbox.add([{ id: "s", kind: "scribe.take" }]);
  await outbox.flush();
  assert.deepEqual(said.map((each) => each.message), ["Taken."]);
  assert.equal(outbox.tray.value.length, 0);
  outbox.stop();
});
