/** The proof that nothing was dropped: every note that came in is in exactly one place. Pure. */

import type { GoneNote, Note } from "../../shared/wire";

/** Where a note can be. */
export type Whereabouts = "themes" | "unplaced" | "hidden" | "withdrawn";

export const WHEREABOUTS: readonly Whereabouts[] = ["themes", "unplaced", "hidden", "withdrawn"];

export interface LedgerRow {
  group: number;
  received: number;
  in: Record<Whereabouts, number>;
}

export interface Ledger {
  /** One a group that anything came from, by number. */
  rows: readonly LedgerRow[];
  total: Omit<LedgerRow, "group">;
}

/** `themes` are the ids of those that there are: a note of another one is not placed. */
export function ledgerOf(notes: Iterable<Note | GoneNote>, themes: ReadonlySet<string>): Ledger {
  const rows = new Map<number, LedgerRow>();
  const total = nothing();
  for (const note of notes) {
    const row = rows.get(note.group) ?? { group: note.group, ...nothing() };
    rows.set(note.group, row);
    const place = whereabouts(note, themes);
    for (const one of [row, total]) {
      one.received++;
      one.in[place]++;
    }
  }
  return { rows: [...rows.values()].sort((a, b) => a.group - b.group), total };
}

function whereabouts(note: Note | GoneNote, themes: ReadonlySet<string>): Whereabouts {
  if (note.gone) return "withdrawn";
  if (note.hidden) return "hidden";
  return note.theme && themes.has(note.theme) ? "themes" : "unplaced";
}

function nothing(): Omit<LedgerRow, "group"> {
  return { received: 0, in: { themes: 0, unplaced: 0, hidden: 0, withdrawn: 0 } };
}
