/** The same point twice: which notes say what others say, in the same words or nearly. Pure. */

import type { Note } from "../../shared/wire";
import { sameWords, stack, type Card } from "./stacks";

const WORDS = new WeakMap<Note, string>();

function wordsOf(note: Note): string {
  let words = WORDS.get(note);
  if (words === undefined) WORDS.set(note, (words = sameWords(note.text)));
  return words;
}

/** All the notes there are, by what they say. Of notes with the same words one stands for them all on the wire. */
export class Alike {
  private readonly byId: ReadonlyMap<string, Note>;
  private readonly byWords = new Map<string, Note[]>();

  constructor(notes: readonly Note[]) {
    this.byId = new Map(notes.map((note) => [note.id, note]));
    for (const note of notes) {
      const same = this.byWords.get(wordsOf(note));
      if (same) same.push(note);
      else this.byWords.set(wordsOf(note), [note]);
    }
  }

  /** Beside these notes, those with the same words. */
  same(notes: readonly Note[]): readonly Note[] {
    return this.beside(notes, new Set(notes.map(wordsOf)));
  }

  /** Those that say nearly the same in other words. */
  near(notes: readonly Note[]): readonly Note[] {
    const ids = [...this.same(notes), ...notes].flatMap((note) => this.byId.get(note.id)?.near ?? []);
    return this.withWordsOf(ids, notes);
  }

  /** The notes with the words of some ids, but for those with the same words as `notes`. */
  withWordsOf(ids: readonly string[], notes: readonly Note[]): readonly Note[] {
    const own = new Set(notes.map(wordsOf));
    const words = ids.map((id) => this.byId.get(id)).flatMap((note) => (note ? [wordsOf(note)] : []));
    return this.beside(notes, new Set(words.filter((each) => !own.has(each))));
  }

  private beside(notes: readonly Note[], words: ReadonlySet<string>): readonly Note[] {
    const own = new Set(notes.map((note) => note.id));
    return [...words].flatMap((each) => this.byWords.get(each) ?? []).filter((note) => !own.has(note.id));
  }
}

/** Those that may be offered to go into a theme: they lie elsewhere, and nobody has said that they should. */
export function free(notes: readonly Note[], theme: string): Note[] {
  return notes.filter((note) => !note.by_person && (note.theme ?? null) !== theme);
}

/** Cards of notes that may lie in several places: those of one place that say the same are one. */
export function byPlace(notes: readonly Note[]): Card[] {
  const places = new Map<string, Note[]>();
  for (const note of notes) places.set(note.theme ?? "", [...(places.get(note.theme ?? "") ?? []), note]);
  return [...places.values()].flatMap(stack);
}
