/** Lines for the tests of this folder, and a server that keeps them by the rules of docs/wire.md. */

import { signal } from "@preact/signals";
import type { LineState } from "../../shared/line";
import { Unreachable } from "../../shared/push";
import { Store } from "../../shared/store";
import type { Changes, Mutation, Result, SummaryLine } from "../../shared/wire";

export function line(id: string, more: Partial<SummaryLine> = {}): SummaryLine {
  return {
    id,
    section: "intro",
    order: id,
    text: `Text of ${id}`,
    notes: [],
    theme: null,
    by: "Anna",
    at: "2026-03-06T20:00:00Z",
    held: null,
    revision: 1,
    ...more,
  };
}

/** What a browser keeps. */
export class Shelf {
  private readonly kept = new Map<string, string>();
  get length(): number {
    return this.kept.size;
  }
  key(index: number): string | null {
    return [...this.kept.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
}

export class Server {
  readonly lines = new Map<string, SummaryLine>();
  readonly sent: Mutation[] = [];
  private readonly answers = new Map<string, Result>();
  /** Who last wrote in each line, and when. */
  private readonly written = new Map<string, { by: string; revision: number }>();
  private readonly seats: Seat[] = [];
  revision = 1;

  constructor(...lines: SummaryLine[]) {
    for (const one of lines) this.lines.set(one.id, one);
  }

  sit(name: string): Seat {
    const seat = new Seat(this, name);
    this.seats.push(seat);
    seat.store.apply(this.changes());
    return seat;
  }

  take(mutation: Mutation, by: string): Result {
    this.sent.push(mutation);
    const known = this.answers.get(mutation.id);
    if (known) return known.status === "ok" ? { ...known, status: "duplicate" } : known;
    const code = this.refusal(mutation, by);
    const result: Result = code
      ? { id: mutation.id, status: "rejected", code, message: code }
      : { id: mutation.id, status: "ok", revision: this.apply(mutation, by) };
    this.answers.set(mutation.id, result);
    return result;
  }

  /** Tells everybody who is in reach. */
  tell(): void {
    for (const seat of this.seats) if (!seat.away && !seat.slow) seat.store.apply(this.changes());
  }

  private changes(): Changes {
    return { from: 0, revision: this.revision, now: "2026-03-06T20:00:00Z", lines: [...this.lines.values()] };
  }

  private refusal(mutation: Mutation, by: string): string | null {
    if (!("line" in mutation)) return null;
    const there = this.lines.get(mutation.line);
    if (!there) return "unknown_line";
    if (there.held && there.held.actor !== by) return "held";
    if (mutation.kind !== "line.edit") return null;
    const last = this.written.get(there.id);
    return last && last.by !== by && last.revision > mutation.seen ? "line_changed" : null;
  }

  private apply(mutation: Mutation, by: string): number {
    this.revision++;
    const put = (id: string, part: Partial<SummaryLine>) =>
      this.lines.set(id, { ...(this.lines.get(id) ?? line(id)), ...part, revision: this.revision });
    if (mutation.kind === "line.add") {
      put(mutation.id, { section: mutation.section, text: mutation.text, notes: mutation.notes, by });
    } else if (mutation.kind === "line.edit") {
      const { text, notes } = mutation;
      put(mutation.line, { ...(text === undefined ? {} : { text }), ...(notes ? { notes } : {}), by });
      this.written.set(mutation.line, { by, revision: this.revision });
    } else if (mutation.kind === "line.hold") {
      put(mutation.line, { held: { by, actor: by, until: "2026-03-06T20:00:30Z" } });
    } else if (mutation.kind === "line.release") {
      put(mutation.line, { held: null });
    }
    return this.revision;
  }
}

/** One who writes, and whether the server can be reached; what it answered may be lost on its way. */
export class Seat {
  readonly store = new Store();
  readonly line = signal<LineState>("online");
  readonly contacts = signal(1);
  readonly shelf = new Shelf();
  away = false;
  deaf = false;
  /** Whether what others are told comes later to this one. */
  slow = false;

  constructor(
    private readonly server: Server,
    private readonly name: string,
  ) {}

  push = async (mutations: readonly Mutation[]): Promise<Result[]> => {
    await Promise.resolve();
    if (this.away) throw new Unreachable("away");
    const results = mutations.map((mutation) => this.server.take(mutation, this.name));
    this.server.tell();
    if (this.deaf) throw new Unreachable("deaf");
    return results;
  };

  leave(): void {
    this.away = true;
    this.line.value = "offline";
  }

  comeBack(): void {
    this.away = this.deaf = this.slow = false;
    this.line.value = "online";
    this.server.tell();
    this.contacts.value++;
  }
}
