import assert from "node:assert/strict";
import { test } from "node:test";
import { Unreachable } from "../shared/push";
import type { Mutation, Result } from "../shared/wire";
import { excess, Pile } from "./paper_model";
import { keptSheet, type Sheet } from "./paper_sheet";

class Shelf {
  private readonly kept = new Map<string, string>();
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
}

/** A server that answers as told, and remembers every id it was sent. */
class Server {
  readonly ids: string[] = [];
  constructor(public answer: (id: string) => Result | null) {}
  push = (mutations: readonly Mutation[]): Promise<Result[]> => {
    const [{ id }] = mutations as [Mutation];
    this.ids.push(id);
    const result = this.answer(id);
    return result ? Promise.resolve([result]) : Promise.reject(new Unreachable("no answer"));
  };
}

const ok = (id: string): Result => ({ id, status: "ok", revision: 1 });
const refuse = (id: string): Result => ({ id, status: "rejected", code: "closed", message: "The workshop is closed." });

test("a note that was taken leaves the pile", async () => {
  const pile = new Pile(new Server(ok), new Shelf(), "k");
  assert.equal(await pile.add(1, "q1", "Hej"), null);
  assert.deepEqual(pile.entries.value, []);
});

test("a refused note comes back with its text and the reason", async () => {
  const pile = new Pile(new Server(refuse), new Shelf(), "k");
  const entry = await pile.add(1, "q1", "Hej");
  assert.deepEqual([entry?.text, entry?.reason], ["Hej", "The workshop is closed."]);
  assert.equal(pile.entries.value.length, 1);
});

test("what nobody answered is kept over a reload and sent again under the same id", async () => {
  const shelf = new Shelf();
  const server = new Server(() => null);
  await new Pile(server, shelf, "k").add(3, null, "Hej");
  const reloaded = new Pile(server, shelf, "k");
  assert.equal(reloaded.entries.value[0]?.state, "unanswered");
  server.answer = ok;
  await reloaded.resend();
  assert.deepEqual(reloaded.entries.value, []);
  assert.equal(server.ids.length, 2);
  assert.equal(server.ids[0], server.ids[1]);
});

test("a sheet that was left is taken up again, with what stood in its box", () => {
  const shelf = new Shelf();
  const first: Sheet = { group: 1, question: "q1", text: "" };
  const sheet = keptSheet(shelf, "s", first);
  assert.deepEqual(sheet.value, first);
  sheet.value = { group: 3, question: null, text: "Mitt i en" };
  assert.deepEqual(keptSheet(shelf, "s", first).value, { group: 3, question: null, text: "Mitt i en" });
  shelf.setItem("s", "?");
  assert.deepEqual(keptSheet(shelf, "s", first).value, first);
});

test("a text is measured in code points after composition", () => {
  assert.equal(excess("a\u0308".repeat(1000)), 0);
  assert.equal(excess("😀".repeat(1001)), 1);
});
