/** The single keys of sorting. They act on what is selected, else on the card or theme that has the focus. */

import type { Note, Side, Theme } from "../../shared/wire";
import { t } from "../../shared/words";
import { goTo, type Key } from "../keys";
import type { Bench, Place } from "./bench";
import { notesAround, stepCard, stepTheme, themeInFocus } from "./focus";

export function sortingKeys(bench: Bench, help: () => void): Key[] {
  return [
    { key: "?", words: t("Show this list"), does: help },
    { key: "j", words: t("Next note"), does: () => stepCard(1) },
    { key: "k", words: t("Previous note"), does: () => stepCard(-1) },
    { key: "J", words: t("Next theme"), does: () => stepTheme(1) },
    { key: "K", words: t("Previous theme"), does: () => stepTheme(-1) },
    { key: "u", words: t("To what is at hand"), does: go(bench, "hand", "hand-heading") },
    { key: "t", words: t("To the themes"), does: go(bench, "themes", "themes-heading") },
    { key: "l", words: t("To what has been done"), does: go(bench, "log", "log-heading") },
    ...noteKeys(bench),
    ...themeKeys(bench),
    { key: "z", words: t("Undo the last thing"), does: () => bench.undo() },
    { key: "Z", words: t("Do it again"), does: () => bench.redo() },
    { key: "Escape", words: t("Select none"), does: () => (bench.selected.value = new Set()) },
  ];
}

function noteKeys(bench: Bench): Key[] {
  const on = (does: (notes: readonly Note[]) => void) => () => {
    const notes = meant(bench);
    if (notes.length) does(notes);
  };
  const side = (side: Side) => on((notes) => bench.side(notes, side));
  return [
    { key: "x", words: t("Select the note"), does: () => bench.toggle(focused(bench)) },
    { key: "m", words: t("Move to a theme"), does: on((notes) => (bench.dialog.value = { what: "move", notes })) },
    { key: "n", words: t("New theme of the notes"), does: () => (bench.dialog.value = { what: "name", notes: meant(bench) }) },
    { key: "d", words: t("Split: the notes become a theme"), does: on((notes) => (bench.dialog.value = { what: "name", notes })) },
    { key: "y", words: t("They lie right"), does: on((notes) => bench.approve(notes)) },
    { key: "a", words: t("Take the same words along"), does: () => bench.takeOffered() },
    { key: "f", words: t("Side: for"), does: side("for") },
    { key: "e", words: t("Side: against"), does: side("against") },
    { key: "v", words: t("Side: on a condition"), does: side("condition") },
    { key: "q", words: t("Needs an answer, or not"), does: on((notes) => bench.ask(notes)) },
    { key: "s", words: t("Also refer from a theme"), does: on((notes) => (bench.dialog.value = { what: "second", notes: notes.slice(0, 1) })) },
  ];
}

function themeKeys(bench: Bench): Key[] {
  const on = (does: (theme: Theme) => void) => () => {
    const theme = bench.sorting.peek().heaps.get(themeInFocus() ?? "")?.theme;
    if (theme) does(theme);
  };
  return [
    { key: "r", words: t("Name the theme"), does: on((theme) => (bench.dialog.value = { what: "rename", theme })) },
    { key: "c", words: t("Confirm the theme"), does: on((theme) => bench.confirm(theme)) },
    { key: "g", words: t("Merge the theme into another"), does: on((theme) => (bench.dialog.value = { what: "merge", theme })) },
    { key: "o", words: t("Move the theme up"), does: on((theme) => bench.step(theme, -1)) },
    { key: "O", words: t("Move the theme down"), does: on((theme) => bench.step(theme, 1)) },
    { key: "b", words: t("More about the theme"), does: on((theme) => (bench.dialog.value = { what: "theme", theme })) },
  ];
}

/** What is selected, else what has the focus. */
function meant(bench: Bench): readonly Note[] {
  const chosen = bench.chosen();
  return chosen.length ? chosen : focused(bench);
}

/** The notes of the card that has the focus. */
function focused(bench: Bench): readonly Note[] {
  return bench.notesBy(notesAround(document.activeElement));
}

function go(bench: Bench, place: Place, target: string): () => void {
  return () => {
    bench.place.value = place;
    // After the column has been shown.
    requestAnimationFrame(() => goTo(target));
  };
}
