/** The single keys of sorting. They act on what is selected, else on the card or theme that has the focus. */

import type { Note, Side, Theme } from "../../shared/wire";
import { t } from "../../shared/words";
import { goTo, type Key, type KeyGroup } from "../keys";
import type { Bench, Place } from "./bench";
import { approve, settle } from "./finish";
import {
  entryInFocus,
  isColumnShown,
  notesAround,
  notesListed,
  openFocused,
  stepCard,
  stepSuggestion,
  stepTheme,
  themeInFocus,
  toFilter,
} from "./focus";
import type { Hand } from "./sorting";
import { stack } from "./stacks";

export function sortingKeys(bench: Bench, help: () => void): KeyGroup[] {
  return [
    { heading: t("Moving around"), keys: wayKeys(bench) },
    { heading: t("Notes"), keys: noteKeys(bench) },
    { heading: t("Themes"), keys: themeKeys(bench) },
    { heading: t("Suggestions"), keys: machineKeys(bench) },
    { heading: t("View and undo"), keys: viewKeys(bench, help) },
  ];
}

function wayKeys(bench: Bench): Key[] {
  const hand = (shown: Hand) => () => {
    bench.hand.value = shown;
    go(bench, "hand", () => goTo("hand-heading"))();
  };
  return [
    { key: "j", words: t("Next note"), does: () => stepCard(1) },
    { key: "k", words: t("Previous note"), does: () => stepCard(-1) },
    { key: "J", words: t("Next theme"), does: () => stepTheme(1) },
    { key: "K", words: t("Previous theme"), does: () => stepTheme(-1) },
    { key: "u", words: t("To what is at hand"), does: go(bench, "hand", () => goTo("hand-heading")) },
    { key: "1", words: t("At hand: not placed"), does: hand("unplaced") },
    { key: "2", words: t("At hand: new"), does: hand("new") },
    { key: "3", words: t("At hand: uncertain"), does: hand("unsure") },
    { key: "4", words: t("At hand: questions"), does: hand("asks") },
    { key: "/", words: t("Filter what is at hand"), does: go(bench, "hand", toFilter) },
    { key: "i", words: t("I have seen the new ones"), does: () => bench.markSeen() },
    { key: "t", words: t("To the themes"), does: go(bench, "themes", () => goTo("themes-heading")) },
    { key: "l", words: t("To what has been done"), does: go(bench, "log", () => goTo("log-heading")) },
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
    { key: "X", words: t("Select all in the list"), does: () => bench.selectAll(listed(bench)) },
    { key: "m", words: t("Move to a theme"), does: on((notes) => (bench.dialog.value = { what: "move", notes })) },
    { key: "n", words: t("New theme of the notes"), does: () => (bench.dialog.value = { what: "name", notes: meant(bench) }) },
    { key: "d", words: t("Split: the notes become a theme"), does: on((notes) => (bench.dialog.value = { what: "name", notes })) },
    { key: "y", words: t("They lie right, or belong nowhere"), does: on((notes) => approve(bench, notes)) },
    { key: "w", words: t("Show similar notes"), does: on((notes) => stack(notes).length === 1 && (bench.dialog.value = { what: "similar", notes })) },
    { key: "a", words: t("Take the similar notes along"), does: () => bench.takeOffered() },
    { key: "f", words: t("Side: for"), does: side("for") },
    { key: "e", words: t("Side: against"), does: side("against") },
    { key: "v", words: t("Side: on a condition"), does: side("condition") },
    { key: "q", words: t("Needs an answer, or not"), does: on((notes) => bench.ask(notes)) },
    { key: "Q", words: t("Needs no answer"), does: on((notes) => bench.answer(notes, false)) },
    { key: "s", words: t("Also refer from a theme"), does: on((notes) => (bench.dialog.value = { what: "second", notes: notes.slice(0, 1) })) },
  ];
}

function themeKeys(bench: Bench): Key[] {
  const on = (does: (theme: Theme) => void) => () => {
    const theme = bench.sorting.peek().heaps.get(themeInFocus() ?? "")?.theme;
    if (theme) does(theme);
  };
  const all = () => bench.themes.peek().map(({ theme }) => theme);
  return [
    { key: "r", words: t("Name the theme"), does: on((theme) => (bench.dialog.value = { what: "rename", theme })) },
    { key: "c", words: t("Confirm the theme's name"), does: on((theme) => bench.confirm(theme)) },
    { key: "C", words: t("The theme is right: its name and its notes"), does: on((theme) => settle(bench, [theme])) },
    { key: "A", words: t("All themes are right: their names and their notes"), does: () => settle(bench, all()) },
    { key: "g", words: t("Merge the theme into another"), does: on((theme) => (bench.dialog.value = { what: "merge", theme })) },
    { key: "R", words: t("Remove the theme"), does: on((theme) => bench.remove(theme)) },
    { key: "o", words: t("Move the theme up"), does: on((theme) => bench.step(theme, -1)) },
    { key: "O", words: t("Move the theme down"), does: on((theme) => bench.step(theme, 1)) },
    { key: "G", words: t("Order the themes by tables"), does: () => bench.orderByGroups() },
    { key: "b", words: t("More about the theme"), does: on((theme) => (bench.dialog.value = { what: "theme", theme })) },
  ];
}

function machineKeys(bench: Bench): Key[] {
  const decide = (accepted: boolean) => () => {
    const id = entryInFocus() ?? "";
    const suggestion = bench.desk.store.suggestions.peek().get(id);
    if (suggestion && !suggestion.gone) bench.decide(suggestion, accepted);
    else if (!accepted && bench.desk.store.actions.peek().has(id)) bench.past.takeBack([id]);
  };
  return [
    { key: "p", words: t("To the suggestions, and on to the next"), does: go(bench, "log", stepSuggestion) },
    { key: "+", words: t("Accept the suggestion"), does: decide(true) },
    { key: "-", words: t("Dismiss the suggestion, or undo the line of the log"), does: decide(false) },
    { key: "N", words: t("Suggest a new sorting"), does: () => bench.askForSorting() },
  ];
}

function viewKeys(bench: Bench, help: () => void): Key[] {
  return [
    { key: "?", words: t("Show this list"), does: help },
    { key: "D", words: t("Show or hide the contents"), does: openFocused },
    { key: "F", words: t("Fold or unfold all themes"), does: () => bench.foldAll() },
    { key: "h", words: t("Show the new order"), does: () => bench.arrangeAnew() },
    { key: "Escape", words: t("Select none"), does: () => (bench.selected.value = new Set()) },
    { key: "z", words: t("Undo the last thing"), does: () => bench.past.undo() },
    { key: "Z", words: t("Do it again"), does: () => bench.past.redo() },
  ];
}

/** All notes of the list that has the focus; a theme's also when it is folded. */
function listed(bench: Bench): readonly Note[] {
  const theme = themeInFocus();
  return theme === null ? bench.notesBy(notesListed()) : bench.notesIn(theme);
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

function go(bench: Bench, place: Place, then: () => void): () => void {
  return () => {
    bench.place.value = place;
    // At once, for the next key may be on its way; where there is room for one column, when it has been shown.
    if (isColumnShown(place)) then();
    else requestAnimationFrame(then);
  };
}
