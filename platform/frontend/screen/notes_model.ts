/** Which shared notes the hall sees, and when new ones join them. Pure. */

import type { Note, Question, Round } from "../shared/wire";

/** The shared question to show: the open one, else the one that was opened last; null when nothing is shared. */
export function sharedQuestion(questions: readonly Question[], rounds: ReadonlyMap<string, Round>): Question | null {
  const shared = questions.filter((question) => rounds.get(question.id)?.shared);
  const openedAt = (question: Question) => {
    const round = rounds.get(question.id)!;
    return round.state === "open" ? "open" : (round.opened_at ?? "");
  };
  // "open" sorts after every date.
  return shared.sort((a, b) => (openedAt(a) < openedAt(b) ? 1 : -1))[0] ?? null;
}

/**
 * The notes on the board, newest first. New ones come in on the first page only, so that nothing moves on the page
 * that people read; what was hidden or withdrawn leaves at once, whatever page is shown.
 */
export class Gathering {
  private readonly shown = new Set<string>();
  private readonly news = new Set<string>();
  private started = false;

  take(notes: readonly Note[], onFirstPage: boolean): { shown: Note[]; waiting: number } {
    const newest = [...notes].sort((a, b) => b.order - a.order);
    if (onFirstPage || !this.started) {
      for (const { id } of newest) {
        if (this.started && !this.shown.has(id)) this.news.add(id);
        this.shown.add(id);
      }
      this.started = true;
    }
    const shown = newest.filter((note) => this.shown.has(note.id));
    return { shown, waiting: newest.length - shown.length };
  }

  /** Whether a note came while the board was shown. */
  isNew(id: string): boolean {
    return this.news.has(id);
  }
}
