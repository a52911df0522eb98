/** A line as one writes it, before the server has it, and what becomes of it when somebody else writes too. Pure. */

import type { Mutation, SummaryLine } from "../../shared/wire";

export const LONGEST = 4000;

/** What a line says, and the notes that it says it of. */
export interface Words {
  text: string;
  notes: readonly string[];
}

export interface Base extends Words {
  /** 0 for a line that the server has never had. */
  revision: number;
}

/** Where a new line is to stand: first of its section, or after another. */
export interface Spot {
  section: string;
  after: string | null;
}

export interface Draft extends Words, Spot {
  line: string;
  /** Whether the server has never had it; only then does `after` mean anything. */
  fresh: boolean;
  /** The line as it was when one wrote in it: only what differs from it is one's own. */
  base: Base;
  /** What is on its way; the same again, until somebody has answered. */
  sent: (Words & { mutation: Mutation }) | null;
}

export function draftOf(line: SummaryLine): Draft {
  const { id, section, text, notes } = line;
  return { line: id, section, after: null, fresh: false, text, notes, base: baseOf(line), sent: null };
}

export function freshDraft(line: string, { section, after }: Spot, { text, notes }: Words): Draft {
  return { line, section, after, fresh: true, text, notes, base: { text: "", notes: [], revision: 0 }, sent: null };
}

export function baseOf({ text, notes, revision }: SummaryLine): Base {
  return { text, notes, revision };
}

export function isDirty({ text, notes, base }: Draft): boolean {
  return !sameText(text, base.text) || !sameNotes(notes, base.notes);
}

/** Whether there is nothing in it worth keeping. */
export function isBlank({ text, notes }: Words): boolean {
  return !text.trim() && !notes.length;
}

/** The change that brings the server what one has written; `id` is its own, and a new line's too. */
export function mutationFor({ line, section, after, fresh, text, notes, base }: Draft, id: string): Mutation {
  if (fresh) return { id: line, kind: "line.add", section, after, text, notes: [...notes] };
  return {
    id,
    kind: "line.edit",
    line,
    seen: base.revision,
    ...(sameText(text, base.text) ? {} : { text }),
    ...(sameNotes(notes, base.notes) ? {} : { notes: [...notes] }),
  };
}

/** One's own changes on top of the line as it has become; null when both have changed the same thing. */
export function rebase(draft: Draft, line: SummaryLine): Draft | null {
  const base = baseOf(line);
  const text = merge(draft.text, draft.base.text, base.text, sameText);
  const notes = merge(draft.notes, draft.base.notes, base.notes, sameNotes);
  return text === null || notes === null ? null : { ...draft, section: line.section, text, notes, base };
}

function merge<T>(mine: T, before: T, theirs: T, same: (a: T, b: T) => boolean): T | null {
  if (same(theirs, before) || same(theirs, mine)) return mine;
  return same(mine, before) ? theirs : null;
}

/** The server keeps texts composed. */
export function sameText(a: string, b: string): boolean {
  return a.normalize("NFC") === b.normalize("NFC");
}

function sameNotes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
