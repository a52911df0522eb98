/** Marks of notes, as they stand in the documents: G5·7 is the seventh note that came in from group 5. Pure. */

import type { GoneNote, Note } from "../../shared/wire";

/** Each note's mark by its id. Those that are hidden or withdrawn keep their numbers, so that no other ever changes. */
export function marksOf(notes: Iterable<Note | GoneNote>): ReadonlyMap<string, string> {
  const counts = new Map<number, number>();
  const inOrder = [...notes].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return new Map(
    inOrder.map(({ id, group }) => {
      const number = (counts.get(group) ?? 0) + 1;
      counts.set(group, number);
      return [id, `G${group}·${number}`];
    }),
  );
}
