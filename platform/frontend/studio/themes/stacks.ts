/** The same words twice: stacked to be seen as one, never made one. Pure. */

import type { Note } from "../../shared/wire";

/** What is shown as one card: a note, or those of one place that say the same, the first one first. */
export interface Card {
  /** The first note's id. */
  key: string;
  notes: readonly Note[];
}

/** What two texts that say the same, word for word, have in common: case, spaces and punctuation do not count. */
export function sameWords(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase();
  return plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim() || plain.trim();
}

/** The cards of one place, in the order given. Notes on different sides of a tension are told apart. */
export function stack(notes: readonly Note[]): Card[] {
  const stacks = new Map<string, Note[]>();
  for (const note of notes) {
    const key = `${note.side ?? ""} ${sameWords(note.text)}`;
    const known = stacks.get(key);
    if (known) known.push(note);
    else stacks.set(key, [note]);
  }
  return [...stacks.values()].map((together) => {
    const first = together[0]!;
    return together.length > 1 ? { key: first.id, notes: together } : alone(first);
  });
}

const CARDS = new WeakMap<Note, Card>();

/** A note's own card: the same one as long as the note is the same, so that a list redraws what has changed alone. */
export function alone(note: Note): Card {
  let card = CARDS.get(note);
  if (!card) CARDS.set(note, (card = { key: note.id, notes: [note] }));
  return card;
}

/** The numbers of the groups that stand behind some notes, in order. */
export function groupsOf(notes: readonly Note[]): number[] {
  return [...new Set(notes.map((note) => note.group))].sort((a, b) => a - b);
}
