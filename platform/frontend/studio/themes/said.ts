/** What an act of sorting or writing was, in words: for the log, for notices, and for those who listen. */

import type { Action, Side } from "../../shared/wire";
import { t, tn } from "../../shared/words";

/** What the page knows of an act: who did it, in which theme, and of how many notes. */
interface Told {
  who: string;
  theme: string;
  n: number;
}

/** What the page knows beside the act. */
export interface Known {
  me: string;
  labelOf: (theme: string) => string | undefined;
  actionOf: (id: string) => Action | undefined;
}

/** "Anna moved 2 notes to Meeting places." */
export function describe(action: Action, known: Known): string {
  const who = action.by === null ? t("The computer") : action.actor === known.me ? t("You") : nameOf(action.by);
  const undone = action.undoes === null ? undefined : known.actionOf(action.undoes);
  if (undone) return t("%(who)s took back: %(what)s", { who, what: describe(undone, known) });
  const labels = action.themes.map(known.labelOf).filter((label) => label !== undefined);
  const told = { who, theme: labels.at(-1) ?? "", n: action.notes.length };
  return OF_KIND[action.kind]?.(told) ?? t("%(who)s changed the sorting.", { ...told });
}

/** A token that was made for nobody in particular is called by its kind. */
export function nameOf(by: string): string {
  return { studio: t("A guest"), theme_team: t("The theme team") }[by] ?? by;
}

const OF_KIND: Record<string, (told: Told) => string> = {
  "theme.move": moved,
  "theme.place": moved,
  "theme.add": (told) => t("%(who)s made the theme %(theme)s.", { ...told }),
  "theme.rename": (told) => t("%(who)s named the theme %(theme)s.", { ...told }),
  "theme.confirm": (told) => t("%(who)s confirmed the theme %(theme)s.", { ...told }),
  "theme.approve": (told) =>
    told.n
      ? tn("%(who)s said that %(n)s note lies right.", "%(who)s said that %(n)s notes lie right.", told.n, { ...told })
      : t("%(who)s confirmed the theme %(theme)s.", { ...told }),
  "theme.merge": (told) => t("%(who)s merged two themes into %(theme)s.", { ...told }),
  "theme.remove": (told) => t("%(who)s removed a theme.", { ...told }),
  "theme.order": (told) => t("%(who)s ordered the themes.", { ...told }),
  "note.side": (told) => tn("%(who)s set the side of %(n)s note.", "%(who)s set the side of %(n)s notes.", told.n, { ...told }),
  "note.ask": (told) =>
    tn("%(who)s decided on %(n)s question.", "%(who)s decided on %(n)s questions.", told.n, { ...told }),
  "note.second": (told) => t("%(who)s referred a note to one more theme.", { ...told }),
  "machine.sort": sorted,
  "machine.place": sorted,
  "machine.ask": (told) =>
    tn("%(who)s found %(n)s possible question.", "%(who)s found %(n)s possible questions.", told.n, { ...told }),
  "suggestion.split": accepted,
  "suggestion.merge": accepted,
  "suggestion.resort": accepted,
  "line.add": (told) => t("%(who)s wrote a line.", { ...told }),
  "line.edit": (told) => t("%(who)s wrote in a line.", { ...told }),
  "line.move": (told) => t("%(who)s moved a line.", { ...told }),
  "line.remove": (told) => t("%(who)s removed a line.", { ...told }),
  "finding.decide": (told) => t("%(who)s decided on a name or a detail.", { ...told }),
  "action.undo": (told) => t("%(who)s took something back.", { ...told }),
};

function accepted(told: Told): string {
  return t("%(who)s accepted a suggestion.", { ...told });
}

function sorted(told: Told): string {
  return tn("%(who)s sorted %(n)s note.", "%(who)s sorted %(n)s notes.", told.n, { ...told });
}

function moved(told: Told): string {
  if (!told.theme) return tn("%(who)s took %(n)s note out of its theme.", "%(who)s took %(n)s notes out of their themes.", told.n, { ...told });
  return tn("%(who)s moved %(n)s note to %(theme)s.", "%(who)s moved %(n)s notes to %(theme)s.", told.n, { ...told });
}

export function sideWords(side: Side): string {
  return { for: t("For"), against: t("Against"), condition: t("On a condition") }[side];
}
