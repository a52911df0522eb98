/** What is left to decide before a sorting is finished, and saying of much at once that it is right. */

import type { Note, Theme } from "../../shared/wire";
import { tn } from "../../shared/words";
import { parts } from "../log/deeds";
import type { Bench } from "./bench";

export interface Left {
  themes: readonly Theme[];
  notes: readonly Note[];
}

/** Themes whose names are suggestions; notes that nobody has placed or left, or whose place is uncertain. Pure. */
export function leftToDecide(themes: readonly Theme[], notes: readonly Note[]): Left {
  return {
    themes: themes.filter((theme) => !theme.named),
    notes: notes.filter((note) => !note.by_person && (!note.theme || note.sure === false)),
  };
}

/** These notes lie where they should, also those that lie nowhere; then what is alike is offered. */
export function approve(bench: Bench, notes: readonly Note[]): void {
  const theme = bench.themeOf(notes);
  const offer = theme && bench.offers.prepare(notes, theme);
  say(bench, [], notes, tn("%(n)s note lies right.", "%(n)s notes lie right.", notes.length), offer);
}

/** These themes are called what they should, and the notes in them lie right. */
export function settle(bench: Bench, themes: readonly Theme[]): void {
  const notes = themes.flatMap((theme) => bench.notesIn(theme.id));
  const words = tn("%(n)s theme is confirmed with its notes.", "%(n)s themes are confirmed with their notes.", themes.length);
  say(bench, themes, notes, words);
}

function say(bench: Bench, themes: readonly Theme[], notes: readonly Note[], words: string, after?: () => void): void {
  const names = parts(themes).map((some) => some.map(({ id, label }) => [id, label] as const));
  const places = parts(notes).map((some) => some.map(({ id, theme }) => [id, theme ?? null] as const));
  const changes = Array.from({ length: Math.max(names.length, places.length) }, (_, part) => ({
    kind: "theme.approve" as const,
    themes: Object.fromEntries(names[part] ?? []),
    notes: Object.fromEntries(places[part] ?? []),
  }));
  bench.past.do(changes, words, after);
}
