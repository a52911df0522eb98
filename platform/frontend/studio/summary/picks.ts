/** The notes to pick sources among. Pure. */

import type { Note } from "../../shared/wire";
import { sameWords } from "../themes/stacks";

/** The line's own sources come first when they are not among the others, for they must be there to be left out. */
export function pickable(own: readonly Note[], shelf: readonly Note[], sought: string, marks: ReadonlyMap<string, string>): Note[] {
  const there = new Set(shelf.map((note) => note.id));
  const all = [...own.filter((note) => !there.has(note.id)), ...shelf];
  const wanted = sameWords(sought);
  if (!wanted) return all;
  return all.filter((note) => sameWords(`${marks.get(note.id) ?? ""} ${note.text}`).includes(wanted));
}

/** In how many lines each note is a source. */
export function uses(lines: readonly { notes: readonly string[] }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of lines.flatMap((line) => line.notes)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
