/** What the outbox keeps on the shelf: what waits, what was refused, and which notes are this phone's own. */

import type { Mutation } from "../shared/wire";

/** How long a withdrawal is held back, so that it can be undone. */
export const UNDO_TIME = 10_000;

/** A mutation in the queue; `notBefore` holds it back while the person may still undo. */
export interface Queued {
  key: string;
  mutation: Mutation;
  notBefore?: number;
}

/** A text that the server will not take. */
export interface Refused {
  id: string;
  kind: "note.add" | "note.edit";
  note: string;
  question: string | null;
  text: string;
  code: string;
  message: string;
}

/** A note of this phone's, remembered so that it can be changed later; the server keeps no such link on the wire. */
export interface Own {
  id: string;
  group: number;
  question: string | null;
  text: string;
  withdrawn?: boolean;
}

/** Whether it waits for its time to undo. A hold longer than it can be was made before the clock was set back. */
export function isHeld({ notBefore }: Queued): boolean {
  const left = (notBefore ?? 0) - Date.now();
  return left > 0 && left <= UNDO_TIME;
}

/** The note that a mutation adds, changes or takes back. */
export function noteOf(mutation: Mutation): string | null {
  if (mutation.kind === "note.add") return mutation.id;
  return mutation.kind === "note.edit" || mutation.kind === "note.withdraw" ? mutation.note : null;
}
