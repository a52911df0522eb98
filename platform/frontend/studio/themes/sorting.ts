/** The notes in their themes, ranked, and what is at hand to be placed. Pure. */

import type { Note, Side, Theme } from "../../shared/wire";
import { groupsOf, sameWords, stack, type Card } from "./stacks";

/** A theme with what is in it. */
export interface Heap {
  theme: Theme;
  notes: readonly Note[];
  groups: readonly number[];
}

export interface Sorting {
  heaps: ReadonlyMap<string, Heap>;
  /** Ids of themes that several groups stand behind, ranked, and then of those that are empty. */
  ranked: readonly string[];
  /** Ids of themes that one group alone raised. */
  singles: readonly string[];
  unplaced: readonly Note[];
}

/**
 * By groups, then notes, then position; or by position alone where people have given an order of their own. A theme
 * that is gone holds nothing: its notes are not placed.
 */
export function sortOut(notes: readonly Note[], themes: readonly Theme[], order: "groups" | "own"): Sorting {
  const lists = new Map<string, Note[]>(themes.map((theme) => [theme.id, []]));
  const unplaced: Note[] = [];
  for (const note of notes) (lists.get(note.theme ?? "") ?? unplaced).push(note);
  const heaps = themes.map((theme): Heap => {
    const own = lists.get(theme.id)!.sort((a, b) => (a.place ?? 0) - (b.place ?? 0) || a.order - b.order);
    return { theme, notes: own, groups: groupsOf(own) };
  });
  heaps.sort((a, b) => (order === "own" ? 0 : rank(a, b)) || a.theme.position - b.theme.position);
  return {
    heaps: new Map(heaps.map((heap) => [heap.theme.id, heap])),
    ranked: heaps.filter((heap) => heap.groups.length !== 1).map((heap) => heap.theme.id),
    singles: heaps.filter((heap) => heap.groups.length === 1).map((heap) => heap.theme.id),
    unplaced,
  };
}

/** What one group says again in the same words counts once. */
function rank(a: Heap, b: Heap): number {
  return b.groups.length - a.groups.length || said(b) - said(a);
}

function said({ notes }: Heap): number {
  return new Set(notes.map((note) => `${note.group} ${sameWords(note.text)}`)).size;
}

export const SIDES: readonly Side[] = ["for", "against", "condition"];

/** The cards of a theme, those of each side together; null stands for no side. */
export function bySide(notes: readonly Note[]): { side: Side | null; cards: Card[] }[] {
  return [...SIDES, null]
    .map((side) => ({ side, cards: stack(notes.filter((note) => (note.side ?? null) === side)) }))
    .filter(({ cards }) => cards.length > 0);
}

/** What lies at hand: not placed, come since one last looked, placed with doubt, or asking for an answer. */
export type Hand = "unplaced" | "new" | "unsure" | "asks";

/** Each of the lists at hand. `seen` is the `order` of the last note that one has looked at. */
export function atHand(notes: readonly Note[], unplaced: readonly Note[], seen: number): Record<Hand, readonly Note[]> {
  return {
    unplaced,
    new: notes.filter((note) => note.order > seen),
    unsure: notes.filter((note) => note.theme && note.sure === false),
    asks: notes.filter((note) => note.asks === "yes" || note.asks === "maybe"),
  };
}

export interface Arrangement {
  ranked: readonly string[];
  singles: readonly string[];
  /** Whether the ranking has become another than the one shown. */
  outdated: boolean;
}

/** Themes stay where they are while somebody works among them; what is new comes last, and what is gone goes. */
export class Still {
  private ranked: readonly string[] = [];
  private singles: readonly string[] = [];

  /** The next ranking is shown as it is, work or not. */
  forget(): void {
    [this.ranked, this.singles] = [[], []];
  }

  take(sorting: Sorting, still: boolean): Arrangement {
    const { heaps, ranked, singles } = sorting;
    if (!still || !this.ranked.length) {
      [this.ranked, this.singles] = [ranked, singles];
    } else {
      const there = (id: string) => heaps.has(id);
      const shown = new Set([...this.ranked, ...this.singles]);
      this.ranked = [...this.ranked.filter(there), ...[...heaps.keys()].filter((id) => !shown.has(id))];
      this.singles = this.singles.filter(there);
    }
    const outdated = this.ranked.join() !== ranked.join() || this.singles.join() !== singles.join();
    return { ranked: this.ranked, singles: this.singles, outdated };
  }
}
