/** The notes of one question as the phone shows them: what the server has, overlaid with what is still on its way. */

import type { GoneNote, Note } from "../shared/wire";
import { isHeld, noteOf, type Own, type Queued } from "./queued";

/** A note of this phone's. */
export interface Card {
  id: string;
  text: string;
  /** Where its latest words are: still on the phone, or acknowledged by the server. */
  place: "phone" | "server";
  late: boolean;
  /** Why the facilitator hid it; null when it is not hidden. */
  hidden: string | null;
  /** The queue's key of a withdrawal that can still be undone. */
  undo: string | null;
}

type Notes = ReadonlyMap<string, Note | GoneNote>;

/** This phone's notes of a question, the newest first. */
export function ownCards(question: string, own: ReadonlyMap<string, Own>, queue: readonly Queued[], notes: Notes): Card[] {
  return [...own.values()]
    .filter((each) => each.question === question && !each.withdrawn)
    .flatMap((each) => cardOf(each, queue, notes.get(each.id)) ?? [])
    .reverse();
}

function cardOf(own: Own, queue: readonly Queued[], note: Note | GoneNote | undefined): Card | null {
  const pending = queue.filter(({ mutation }) => noteOf(mutation) === own.id);
  const withdrawal = pending.find(({ mutation }) => mutation.kind === "note.withdraw");
  if (withdrawal && !isHeld(withdrawal)) return null;
  if (note?.gone && note.reason === "withdrawn") return null;
  const words = pending.flatMap(({ mutation }) => ("text" in mutation ? mutation.text : []));
  return {
    id: own.id,
    text: words.at(-1) ?? (note && !note.gone ? note.text : own.text),
    place: words.length ? "phone" : "server",
    late: note !== undefined && !note.gone && note.late,
    hidden: note?.gone ? (note.why ?? "") : null,
    undo: withdrawal?.key ?? null,
  };
}

/** The table's other notes of a question, in the order they came: what is new comes last and moves nothing. */
export function tableNotes(question: string | null, group: number, own: ReadonlyMap<string, Own>, notes: readonly Note[]): Note[] {
  return notes.filter((note) => note.question === question && note.group === group && !own.has(note.id));
}

/** Other tables' notes of a question, by table. */
export function otherTables(question: string, group: number, notes: readonly Note[]): [number, Note[]][] {
  const tables = new Map<number, Note[]>();
  for (const note of notes) {
    if (note.question !== question || note.group === group) continue;
    tables.set(note.group, [...(tables.get(note.group) ?? []), note]);
  }
  return [...tables].sort(([a], [b]) => a - b);
}
