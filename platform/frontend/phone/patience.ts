/** How the outbox goes on when a batch was not taken: when to try again, and with what. */

import { signal } from "@preact/signals";
import { fullJitter } from "../shared/backoff";
import { batches, ServerError } from "../shared/push";
import { noteOf, type Queued } from "./queued";

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 30_000;
/** After so many errors in a row the batch is taken apart. */
const FAULTS_TOGETHER = 3;
/** What fails so many times by itself is put aside, and the person told. */
const FAULTS_ALONE = 5;

export class Patience {
  /** The server says that it has too much to do, or goes on failing. */
  readonly strained = signal(false);
  private failures = 0;
  private faults = 0;
  private notBefore = 0;
  private oneByOne = false;
  /** How many times each mutation has failed by itself. */
  private readonly alone = new Map<string, number>();

  /** Milliseconds left of a wait that the server has asked for. */
  get wait(): number {
    return this.notBefore - performance.now();
  }

  /** What of all that is due to send next: a batch, or while something sinks its batches one that has failed least. */
  choose(due: readonly Queued[]): readonly Queued[] {
    if (!due.length) this.rest();
    if (!this.oneByOne) return due.slice(0, batches(due.map(({ mutation }) => mutation))[0]?.length ?? 0);
    const held = new Set<string>();
    const able = due.filter(({ mutation }) => {
      const note = noteOf(mutation) ?? mutation.id;
      // What was done to a note comes after the note itself, however long that takes.
      if (held.has(note)) return false;
      if (this.alone.has(mutation.id)) held.add(note);
      return true;
    });
    const faults = ({ mutation }: Queued) => this.alone.get(mutation.id) ?? 0;
    const least = Math.min(...able.map(faults));
    return able.filter((each) => faults(each) === least).slice(0, 1);
  }

  /** All of it was taken. */
  taken(): void {
    this.failures = this.faults = 0;
    this.strained.value = false;
  }

  /** Not all was taken; `after` is how many seconds the server wants to be left alone. Returns the pause. */
  postponed(after: number | null): number {
    this.failures++;
    if (after === null) return fullJitter(this.failures - 1, FIRST_PAUSE, LONGEST_PAUSE);
    this.strained.value = true;
    const pause = (after + Math.random()) * 1000;
    // Not even a new note goes before that.
    this.notBefore = performance.now() + pause;
    return pause;
  }

  /** What follows from an error: a pause in milliseconds, or "give up" the only mutation that was sent. */
  after(error: ServerError, sent: readonly Queued[]): number | "give up" {
    const [first] = sent;
    const alone = sent.length === 1 && first ? first.mutation.id : null;
    if (error.final) {
      // Something in the batch cannot be read at all. Alone it can be told from the others, which must not wait for it.
      this.oneByOne ||= alone === null;
      return alone === null ? 0 : "give up";
    }
    if (error.retryAfter !== null) return this.postponed(error.retryAfter);
    this.strained.value = ++this.faults > 1;
    this.oneByOne ||= this.faults >= FAULTS_TOGETHER;
    if (alone !== null) {
      const times = (this.alone.get(alone) ?? 0) + 1;
      this.alone.set(alone, times);
      if (times >= FAULTS_ALONE) return "give up";
    }
    return this.postponed(null);
  }

  /** The line is back: no reason to wait longer than the server itself has asked for. */
  hurry(): void {
    this.failures = 0;
  }

  private rest(): void {
    this.oneByOne = false;
    this.alone.clear();
    this.strained.value = false;
  }
}
