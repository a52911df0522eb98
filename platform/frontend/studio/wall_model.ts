/** Which notes the wall shows and in what order. Pure. */

import type { Note, Question } from "../shared/wire";

export type Order = "newest" | "table";

export interface Filter {
  /** A question's id, null for notes under no question, "all". */
  question: string | null;
  /** A table's number, or 0 for all. */
  group: number;
  order: Order;
}

/** Stands for every question in a filter; no question's id has a space. */
export const ALL = " all";

export function select(notes: readonly Note[], filter: Filter, questions: readonly Question[]): Note[] {
  const chosen = notes.filter(
    (note) =>
      (filter.question === ALL || note.question === filter.question) &&
      (filter.group === 0 || note.group === filter.group),
  );
  if (filter.order === "newest") return chosen.sort((a, b) => b.order - a.order);
  const places = new Map(questions.map((question, index) => [question.id, index]));
  const place = (note: Note) => (note.question === null ? -1 : (places.get(note.question) ?? questions.length));
  return chosen.sort((a, b) => a.group - b.group || place(a) - place(b) || a.order - b.order);
}

/**
 * What has come while somebody reads. Notes that are shown stay where they are; new ones wait until the reader is ready.
 *
 * One of these follows one filter; another filter starts anew.
 */
export class Arrivals {
  private readonly shown = new Set<string>();
  private readonly news = new Set<string>();
  private started = false;

  /** The notes to show now, in the order given, and how many wait. */
  take(notes: readonly Note[], reading: boolean): { shown: readonly Note[]; waiting: number } {
    const unseen = notes.filter((note) => !this.shown.has(note.id));
    if (reading && this.started) {
      return { shown: notes.filter((note) => this.shown.has(note.id)), waiting: unseen.length };
    }
    for (const note of unseen) {
      this.shown.add(note.id);
      if (this.started) this.news.add(note.id);
    }
    this.started = true;
    return { shown: notes, waiting: 0 };
  }

  /** Whether a note came while the wall was watched, and not with the first load. */
  isNew(id: string): boolean {
    return this.news.has(id);
  }
}
