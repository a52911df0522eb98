/** What may belong with a note that has just been placed: offered, never taken along in silence. */

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Note, Theme } from "../../shared/wire";
import { MOST_ASKED, type AskSimilar } from "../similar";
import { free, type Alike } from "./alike";

export interface Offer {
  theme: Theme;
  notes: readonly Note[];
}

/** What was placed where, and the ids of what is clearly like it. */
interface Placed {
  theme: Theme;
  notes: readonly Note[];
  alike: readonly string[];
}

export class Offers {
  /** As things are now: what somebody has placed meanwhile is offered no more. */
  readonly now: ReadonlySignal<Offer | null>;
  private readonly placed = signal<Placed | null>(null);
  /** Counts what is done, so that an answer about something older is not taken for one about the last. */
  private turn = 0;

  constructor(
    alike: ReadonlySignal<Alike>,
    private readonly similar: AskSimilar,
  ) {
    this.now = computed(() => {
      if (!this.placed.value) return null;
      const { theme, notes, alike: ids } = this.placed.value;
      const found = alike.value;
      const all = new Set([...found.same(notes), ...found.near(notes), ...found.withWordsOf(ids, notes)]);
      const offered = free([...all], theme.id);
      return offered.length ? { theme, notes: offered } : null;
    });
  }

  /** Asks at once what is like these notes; to be called when they lie in the theme, to offer it. */
  prepare(notes: readonly Note[], theme: Theme): () => void {
    const asked = notes.length > MOST_ASKED ? Promise.resolve([]) : this.similar(notes.map((note) => note.id));
    // Without an answer there is still what says the same.
    const clear = asked.then((found) => found.filter((one) => one.clearly).map((one) => one.note)).catch(() => []);
    return () => {
      const turn = ++this.turn;
      void clear.then((alike) => {
        if (turn === this.turn) this.placed.value = { theme, notes, alike };
      });
    };
  }

  /** Offers nothing, whatever answer is still to come. */
  withdraw(): void {
    this.turn++;
    this.placed.value = null;
  }
}
