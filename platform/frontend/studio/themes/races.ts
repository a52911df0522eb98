/** Telling the one whose act was overtaken: somebody else touched what one had touched a moment ago. Pure. */

import type { Action } from "../../shared/wire";

// Longer ago than this, another's move is work on the same evening and not a race.
const LATELY = 120_000;

/** Follows the log; tells each act by another that touched a note or theme one's own recent acts had touched. */
export class Races {
  private seen: ReadonlySet<string> | null = null;

  /** What is new since last time. What was there from the start is old. */
  take(log: readonly Action[], me: string): Action[] {
    const before = this.seen;
    this.seen = new Set(log.map((action) => action.id));
    if (!before) return [];
    return log.filter((action) => !before.has(action.id) && action.actor !== me && overtakes(action, log, me));
  }
}

function overtakes(action: Action, log: readonly Action[], me: string): boolean {
  return log.some(
    (own) =>
      own.actor === me &&
      own.order < action.order &&
      Date.parse(action.at) - Date.parse(own.at) < LATELY &&
      (shared(own.notes, action.notes) || changesTheme(own, action)),
  );
}

function shared(some: readonly string[], others: readonly string[]): boolean {
  return some.some((id) => others.includes(id));
}

// That both placed notes in the same theme is no race.
const OF_THEMES = /^theme\.(add|rename|confirm|merge|remove)$/;

function changesTheme(own: Action, other: Action): boolean {
  return OF_THEMES.test(own.kind) && OF_THEMES.test(other.kind) && shared(own.themes, other.themes);
}
