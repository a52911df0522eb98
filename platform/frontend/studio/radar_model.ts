/** What the radar says of a table, from counts and clocks alone. Pure. */

import type { Group, Round } from "../shared/wire";

export type Sign = "done" | "nobody" | "silent" | "writing" | "idle";

export interface Reading {
  table: Group;
  sign: Sign;
  /** Whole minutes since the table's last note; null when it has none. */
  sinceNote: number | null;
  /** Whole minutes of silence in the open question; null between rounds. */
  silent: number | null;
}

/**
 * Silence is counted from the last note, or from when the question opened if that was later. A table that is done or
 * that nobody has joined is not called silent: the one has finished, the other may be writing on paper.
 */
export function read(table: Group, openedAt: number | null, now: number, threshold: number): Reading {
  const last = table.last_note_at ? Date.parse(table.last_note_at) : null;
  const sinceNote = last === null ? null : minutes(now - last);
  const silent = openedAt === null ? null : minutes(now - Math.max(openedAt, last ?? 0));
  return { table, sinceNote, silent, sign: sign(table, silent, threshold) };
}

function sign(table: Group, silent: number | null, threshold: number): Sign {
  if (table.done) return "done";
  if (!table.joined) return "nobody";
  if (silent === null) return "idle";
  return silent >= threshold ? "silent" : "writing";
}

/**
 * Since when the open question has been open. A round keeps the time it was first opened; when one sees it opened
 * again, that is when the tables begin anew.
 */
export class RoundWatch {
  private seen: { question: string; at: number } | null | undefined;

  since(round: Round | null, now: number): number | null {
    const first = this.seen === undefined;
    if (!round) this.seen = null;
    else if (this.seen?.question !== round.question) {
      const openedAt = round.opened_at ? Date.parse(round.opened_at) : now;
      this.seen = { question: round.question, at: first ? openedAt : now };
    }
    return this.seen?.at ?? null;
  }
}

export interface Totals {
  joined: number;
  late: number;
  notes: number;
}

export function totals(tables: Iterable<Group>): Totals {
  const sum = { joined: 0, late: 0, notes: 0 };
  for (const table of tables) {
    sum.joined += table.joined ?? 0;
    sum.late += table.joined_late ?? 0;
    sum.notes += table.notes ?? 0;
  }
  return sum;
}

function minutes(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 60_000));
}
