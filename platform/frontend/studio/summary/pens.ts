/**
 * The lines that one writes in: saved as one writes, kept on this computer until the server has them, and never
 * written over what somebody else has written meanwhile.
 */

import { effect, signal } from "@preact/signals";
import type { Connection } from "../../shared/connection";
import { newId } from "../../shared/ids";
import type { Store } from "../../shared/store";
import type { GoneLine, Mutation, Result, SummaryLine } from "../../shared/wire";
import {
  baseOf, draftOf, freshDraft, isBlank, isDirty, mutationFor, rebase, type Draft, type Spot, type Words,
} from "./draft";
import type { Drawer } from "./drawer";

/**
 * `kept`: nobody answers, so that it is on this computer alone. `overtaken`: somebody else changed the same words.
 * `held`: somebody else writes in it. `gone`: somebody removed it.
 */
export type State = "saved" | "saving" | "kept" | "overtaken" | "held" | "gone" | "refused";

export interface Pen extends Draft {
  state: State;
  /** Why the server refused it. */
  reason: string;
}

// A pause in writing, and the longest that words wait where there is none.
const PAUSE = 1000;
const LONGEST_WAIT = 10_000;
// A line is one's own for half a minute after one has said so.
const HOLD_AGAIN = 10_000;

const REFUSED: Record<string, State> = { line_changed: "overtaken", held: "held", line_removed: "gone", unknown_line: "gone" };

export class Pens {
  readonly all = signal<ReadonlyMap<string, Pen>>(new Map());

  /** Lines that one writes in now: their pens stay when all is saved. */
  private readonly open = new Set<string>();
  private readonly timers = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>();
  private readonly heldAt = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Pick<Connection, "push" | "line" | "contacts">,
    private readonly drawer: Drawer,
  ) {
    this.all.value = new Map(drawer.drafts().map((draft) => [draft.line, { ...draft, state: "kept", reason: "" }]));
  }

  /** Follows the store, and sends what is kept whenever the server is reached anew; returns how to stop. */
  watch(): () => void {
    const stops = [
      effect(() => {
        const { lines, known } = this.store;
        void known.value;
        for (const line of this.all.peek().keys()) {
          this.meet(line, lines.value.get(line));
          this.clear(line);
        }
      }),
      effect(() => {
        if (this.connection.contacts.value > 0) this.again();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Whether the server lacks something of what is written here. */
  get unsaved(): boolean {
    return [...this.all.value.values()].some(isUnsaved);
  }

  /** A line that the server has never had; it gets it with the first words. Returns its id. */
  begin(spot: Spot, words: Words): string {
    const line = newId();
    this.open.add(line);
    this.put({ ...freshDraft(line, spot, words), state: "saving", reason: "" });
    this.schedule(line);
    return line;
  }

  /** Takes up the pen: nobody else writes here meanwhile. */
  takeUp(line: string): void {
    const pen = this.penFor(line);
    if (!pen) return;
    this.open.add(line);
    this.put(pen);
    this.hold(line);
  }

  /** Lays down the pen: what is written goes to the server, and others may write. A new line without words goes away. */
  layDown(line: string): void {
    this.open.delete(line);
    const pen = this.all.peek().get(line);
    if (pen?.fresh && isBlank(pen)) this.drop(line);
    else void this.save(line).then(() => this.clear(line));
  }

  write(line: string, words: Partial<Words>): void {
    const pen = this.penFor(line);
    if (!pen) return;
    const written = { ...pen, ...words };
    // What waits for a person's decision is not sent behind their back.
    if (needsDecision(pen)) return void this.put(written);
    this.put({ ...written, state: isUnsaved(written) ? "saving" : "saved" });
    this.hold(line);
    this.schedule(line);
  }

  /** Sends what is written now. */
  async save(line: string): Promise<void> {
    this.unschedule(line);
    const pen = this.all.peek().get(line);
    if (!pen || pen.sent || !isDirty(pen) || needsDecision(pen) || (pen.fresh && !pen.text.trim())) return;
    const { text, notes } = pen;
    const mutation = mutationFor(pen, newId());
    await this.send(this.put({ ...pen, state: "saving", sent: { text, notes, mutation } }));
  }

  /** Tries what is kept once more. */
  again(): void {
    for (const pen of this.all.peek().values()) void (pen.sent ? this.send(pen) : this.save(pen.line));
  }

  /** Two changed the same words: mine are to stand, or theirs. */
  settle(line: string, mine: boolean): void {
    const pen = this.all.peek().get(line);
    const there = this.store.lines.peek().get(line);
    if (!pen || !there || there.gone) return;
    const base = baseOf(there);
    const words = mine ? {} : { text: base.text, notes: base.notes };
    this.put({ ...pen, ...words, base, state: mine ? "saving" : "saved" });
    if (mine) void this.save(line);
    else this.clear(line);
  }

  /** What one wrote in a line that is gone, or that the server would not have, becomes a new line. Returns its id. */
  anew(line: string, spot: Spot): string | null {
    const pen = this.all.peek().get(line);
    if (!pen) return null;
    this.drop(line);
    return this.begin(spot, pen);
  }

  /** Throws away what is written here and the server does not have. */
  drop(line: string): void {
    this.unschedule(line);
    this.open.delete(line);
    const pens = new Map(this.all.peek());
    pens.delete(line);
    this.all.value = pens;
    this.drawer.empty(line);
    if (this.heldAt.delete(line)) this.tell({ id: newId(), kind: "line.release", line });
  }

  private penFor(line: string): Pen | undefined {
    const known = this.all.peek().get(line);
    if (known) return known;
    const there = this.store.lines.peek().get(line);
    return there && !there.gone ? { ...draftOf(there), state: "saved", reason: "" } : undefined;
  }

  private put(pen: Pen): Pen {
    this.all.value = new Map(this.all.peek()).set(pen.line, pen);
    if (isUnsaved(pen)) this.drawer.keep(pen);
    else this.drawer.empty(pen.line);
    return pen;
  }

  private async send({ line, sent }: Pen): Promise<void> {
    if (!sent) return;
    const asItIs = () => {
      const pen = this.all.peek().get(line);
      return pen?.sent?.mutation.id === sent.mutation.id ? pen : undefined;
    };
    try {
      const [result] = await this.connection.push([sent.mutation]);
      const pen = asItIs();
      if (pen && result) this.answered(pen, sent, result);
    } catch {
      const pen = asItIs();
      if (pen) this.put({ ...pen, state: "kept" });
    }
  }

  private answered(pen: Pen, { text, notes }: Words, result: Result): void {
    if (result.status === "rejected") {
      const state = REFUSED[result.code ?? ""] ?? "refused";
      this.put({ ...pen, sent: null, state, reason: result.message ?? result.code ?? "" });
    } else {
      const base = { text, notes, revision: result.revision ?? pen.base.revision };
      const now = { ...pen, base, fresh: false, sent: null, reason: "" };
      this.put({ ...now, state: isDirty(now) ? "saving" : "saved" });
    }
    this.meet(pen.line, this.store.lines.peek().get(pen.line));
    this.carryOn(pen.line);
  }

  /** The line as the server has it meets what is written here. */
  private meet(line: string, there: SummaryLine | GoneLine | undefined): void {
    const pen = this.all.peek().get(line);
    if (!pen || pen.fresh || pen.sent || !there || there.revision <= pen.base.revision) return;
    if (there.gone) {
      if (isDirty(pen)) this.put({ ...pen, state: "gone" });
      else this.drop(line);
      return;
    }
    const merged = rebase(pen, there);
    if (!merged) return void this.put({ ...pen, state: "overtaken" });
    const still = pen.state === "held" && there.held;
    this.put({ ...pen, ...merged, state: !isDirty(merged) ? "saved" : still ? "held" : "saving" });
    this.carryOn(line);
  }

  /** What is left to save is saved in a while, and a pen that nobody needs is laid away. */
  private carryOn(line: string): void {
    const pen = this.all.peek().get(line);
    if (pen?.state === "saving") this.schedule(line);
    else if (pen?.state === "held") this.schedule(line, this.heldFor(line));
    else this.clear(line);
  }

  /** Not before the line has come back from the server: it would be gone for a moment, or say what it said before. */
  private clear(line: string): void {
    const pen = this.all.peek().get(line);
    const back = pen && pen.base.revision <= this.store.known.peek();
    if (back && pen.state === "saved" && !this.open.has(line)) this.drop(line);
  }

  private schedule(line: string, pause = PAUSE): void {
    const since = this.timers.get(line)?.since ?? Date.now();
    this.unschedule(line);
    const wait = Math.max(0, Math.min(pause, since + Math.max(pause, LONGEST_WAIT) - Date.now()));
    this.timers.set(line, { since, timer: setTimeout(() => void this.save(line), wait) });
  }

  private unschedule(line: string): void {
    clearTimeout(this.timers.get(line)?.timer);
    this.timers.delete(line);
  }

  /** How long somebody else may write there before their hold runs out, which nobody is told. */
  private heldFor(line: string): number {
    const there = this.store.lines.peek().get(line);
    const until = there && !there.gone && there.held ? Date.parse(there.held.until) : 0;
    return Math.max(PAUSE, until - Date.now() - this.store.skew.peek());
  }

  private hold(line: string): void {
    if (this.all.peek().get(line)?.fresh || Date.now() < (this.heldAt.get(line) ?? -Infinity) + HOLD_AGAIN) return;
    this.heldAt.set(line, Date.now());
    this.tell({ id: newId(), kind: "line.hold", line });
  }

  /** What need not arrive: a hold runs out by itself, and words that come too late are met and shown. */
  private tell(mutation: Mutation): void {
    if (this.connection.line.peek() === "online") this.connection.push([mutation]).catch(() => undefined);
  }
}

/** Whether the server lacks something of it. */
export function isUnsaved(draft: Draft): boolean {
  return draft.sent !== null || isDirty(draft);
}

/** Whether a person has to say what is to become of it before more is sent. */
export function needsDecision({ state, fresh }: Pen): boolean {
  return state === "overtaken" || state === "gone" || (state === "refused" && fresh);
}
