/**
 * The outbox: every text the phone calls *På telefonen* is on the shelf, and leaves it only for the server or the tray.
 *
 * One batch at a time, in order, by one tab at a time; ids make a resend harmless. What the server refuses for good
 * moves to the tray with its text and the reason, in the same change as it leaves the queue.
 */

import { batch, computed, signal } from "@preact/signals";
import { ServerError, Unreachable } from "../shared/push";
import type { Mutation, PushAnswer, Result } from "../shared/wire";
import { Patience } from "./patience";
import { isHeld, UNDO_TIME, type Own, type Queued, type Refused } from "./queued";
import type { Edit, Shelf } from "./shelf";

export interface Ports {
  shelf: Shelf;
  send(batch: readonly Mutation[]): Promise<PushAnswer>;
  /** Runs work while no other tab does the same. */
  exclusive(work: () => Promise<void>): Promise<void>;
  /** Tells the other tabs that the shelf changed. */
  changed(): void;
  /** Something without a text was refused. */
  refused(result: Result, mutation: Mutation): void;
  /** Whether the server is known to have this note, whoever sent it. */
  arrived(note: string): boolean;
}

type Place = "outbox" | "tray" | "own";

export class Outbox {
  readonly queue = signal<readonly Queued[]>([]);
  readonly tray = signal<readonly Refused[]>([]);
  readonly own = signal<ReadonlyMap<string, Own>>(new Map());
  /** The server cannot take what is here just now, though it can be reached. */
  readonly strained = computed(() => this.patience.strained.value && this.queue.value.length > 0);

  private working: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  private reads = 0;
  private readonly patience = new Patience();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly code: string,
    private readonly group: number,
    private readonly ports: Ports,
  ) {}

  /** Reads the shelf again: at the start, and when another tab changed it. */
  async refresh(): Promise<void> {
    const read = ++this.reads;
    // One look at everything: a text on its way from the queue to the tray must not be seen in both or neither.
    const entries = await this.ports.shelf.list(`${this.code}/`);
    if (read < this.reads) return;
    const of = (place: Place) => entries.filter(([key]) => key.startsWith(this.at(place)));
    batch(() => {
      this.queue.value = of("outbox").map(([key, value]) => ({ ...(value as Omit<Queued, "key">), key }));
      this.tray.value = of("tray").map(([, value]) => value as Refused);
      // After a move to another table the first table's notes are not this phone's to change any more.
      const own = of("own").map(([, value]) => value as Own);
      this.own.value = new Map(own.filter(({ group }) => group === this.group).map((each) => [each.id, each]));
    });
  }

  /** Queues mutations and sends them when possible. Resolves when they are safe on the phone; throws if they are not. */
  async add(mutations: readonly Mutation[], edits: readonly Edit[] = [], notBefore?: number): Promise<void> {
    const rows = mutations.map((mutation) => ({
      id: mutation.id,
      value: notBefore === undefined ? { mutation } : { mutation, notBefore },
    }));
    await this.ports.shelf.append(this.at("outbox"), rows, [...mutations.flatMap((each) => this.remember(each)), ...edits]);
    await this.tell();
    void this.flush();
  }

  /** Queues a withdrawal that can be undone for ten seconds. */
  withdraw(mutation: Mutation): Promise<void> {
    return this.add([mutation], [], Date.now() + UNDO_TIME);
  }

  /** Takes a held-back withdrawal out of the queue, unless its time is up. */
  async undo(key: string): Promise<void> {
    const entry = this.queue.peek().find((each) => each.key === key);
    if (!entry || !isHeld(entry)) return;
    await this.ports.shelf.change([[key, undefined]]);
    await this.tell();
  }

  /** Ends every time to undo: the page is put away, and what was decided must not wait for its return. */
  async release(): Promise<void> {
    const held = this.queue.peek().filter(isHeld);
    if (!held.length) return;
    await this.ports.shelf.change(held.map(({ key, mutation }) => [key, { mutation }] as const));
    await this.tell();
    void this.flush();
  }

  /** Throws a refused text away, because the person says so. */
  async discard(id: string): Promise<void> {
    await this.ports.shelf.change([this.outOfTray(id)]);
    await this.tell();
  }

  /** The edit that takes a refused text out of the tray, to be made together with what takes its place. */
  outOfTray(id: string): Edit {
    return [this.at("tray") + id, undefined];
  }

  /** Sends whatever is due, now. Never throws; what fails is tried again by itself. */
  flush(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    clearTimeout(this.timer);
    this.again = true;
    this.working ??= this.work().finally(() => {
      this.working = null;
      if (this.again && !this.stopped) void this.flush();
    });
    return this.working;
  }

  /** The server was restored to before some of our notes: whatever it lost it gets again, by the same ids. */
  async resend(): Promise<void> {
    const queued = new Set(this.queue.peek().map((each) => each.mutation.id));
    const lost = [...this.own.peek().values()].filter(
      ({ id, withdrawn }) => !withdrawn && !queued.has(id) && !this.ports.arrived(id),
    );
    if (lost.length) await this.add(lost.map(({ id, question, text }) => ({ id, kind: "note.add", question, text })));
  }

  /** The line is back: no reason to wait for the next try. */
  hurry(): void {
    this.patience.hurry();
    void this.flush();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async work(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        await this.ports.exclusive(() => this.sendOne());
      } catch (error) {
        // The shelf failed, not the server. Nothing was taken from it, so trying again is safe.
        console.error(error);
        this.later(this.patience.postponed(null));
      }
    }
  }

  /** One batch of what is due. The shelf is read again: another tab may have sent some of it. */
  private async sendOne(): Promise<void> {
    await this.refresh();
    const { wait } = this.patience;
    if (wait > 0) return this.later(wait);
    const waiting = this.queue.peek();
    const sent = this.patience.choose(waiting.filter((each) => !isHeld(each)));
    if (!sent.length) return this.plan(waiting);
    try {
      const answer = await this.ports.send(sent.map((each) => each.mutation));
      await this.settle(sent, answer.results);
      if (answer.results.length < sent.length) return this.later(this.patience.postponed(answer.retry_after ?? null));
      this.patience.taken();
      this.again = true;
    } catch (error) {
      await this.onError(error, sent);
    }
  }

  private async onError(error: unknown, sent: readonly Queued[]): Promise<void> {
    if (error instanceof Unreachable) return this.later(this.patience.postponed(null));
    if (!(error instanceof ServerError)) throw error;
    // Nothing more from this seat; whoever takes a new one gets an outbox of its own on the same shelf.
    if (error.denied) return this.stop();
    const { code, message } = error;
    const next = this.patience.after(error, sent);
    if (next === "give up") {
      await this.settle(sent, sent.map(({ mutation: { id } }) => ({ id, status: "rejected", code, message })));
      this.again = true;
    } else if (next === 0) this.again = true;
    else this.later(next);
  }

  private plan(waiting: readonly Queued[]): void {
    const held = waiting.flatMap((each) => each.notBefore ?? []);
    if (held.length) this.later(Math.min(...held) - Date.now());
  }

  private later(milliseconds: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), Math.max(50, milliseconds));
  }

  private async settle(sent: readonly Queued[], results: readonly Result[]): Promise<void> {
    const answers = new Map(results.map((result) => [result.id, result]));
    const edits: Edit[] = [];
    for (const { key, mutation } of sent) {
      const result = answers.get(mutation.id);
      if (!result) continue;
      edits.push([key, undefined], ...(result.status === "rejected" ? this.refuse(mutation, result) : this.accept(mutation)));
    }
    await this.ports.shelf.change(edits);
    await this.tell();
  }

  private accept(mutation: Mutation): Edit[] {
    if (mutation.kind !== "note.edit" && mutation.kind !== "note.withdraw") return [];
    const own = this.own.peek().get(mutation.note);
    if (!own) return [];
    const now: Own = mutation.kind === "note.edit" ? { ...own, text: mutation.text } : { ...own, withdrawn: true };
    return [[this.at("own") + own.id, now]];
  }

  private refuse(mutation: Mutation, result: Result): Edit[] {
    if (mutation.kind !== "note.add" && mutation.kind !== "note.edit") {
      this.ports.refused(result, mutation);
      return [];
    }
    const isNew = mutation.kind === "note.add";
    // Sent before this phone lost its place and joined anew: the note is there, under its former name.
    if (isNew && result.code === "id_taken" && this.ports.arrived(mutation.id)) {
      return [[this.at("own") + mutation.id, undefined]];
    }
    const note = isNew ? mutation.id : mutation.note;
    const refused: Refused = {
      id: mutation.id,
      kind: mutation.kind,
      note,
      question: isNew ? mutation.question : (this.own.peek().get(note)?.question ?? null),
      text: mutation.text,
      code: result.code ?? "",
      message: result.message ?? "",
    };
    return [[this.at("tray") + mutation.id, refused], ...(isNew ? [[this.at("own") + note, undefined] as const] : [])];
  }

  /** What a mutation makes this phone the author of. */
  private remember(mutation: Mutation): Edit[] {
    if (mutation.kind !== "note.add") return [];
    const { id, question, text } = mutation;
    const own: Own = { id, group: this.group, question, text };
    return [[this.at("own") + mutation.id, own]];
  }

  private async tell(): Promise<void> {
    await this.refresh();
    this.ports.changed();
  }

  private at(place: Place): string {
    return `${this.code}/${place}/`;
  }
}
