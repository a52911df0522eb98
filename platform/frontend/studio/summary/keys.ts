/** The single keys of writing the summary. They act on the line, the note or the suggestion that has the focus. */

import { t } from "../../shared/words";
import { goTo, type Key, type KeyGroup } from "../keys";
import { entryInFocus, isColumnShown, notesAround, stepCard } from "../themes/focus";
import type { Manuscript, Place } from "./manuscript";
import type { Row } from "./rows";

export function writingKeys(manuscript: Manuscript, help: () => void): KeyGroup[] {
  return [
    { heading: t("Moving around"), keys: wayKeys(manuscript) },
    { heading: t("Lines"), keys: lineKeys(manuscript) },
    { heading: t("Sources"), keys: sourceKeys(manuscript) },
    { heading: t("Suggestions"), keys: offerKeys(manuscript) },
    { heading: t("View and undo"), keys: viewKeys(manuscript, help) },
  ];
}

function wayKeys(manuscript: Manuscript): Key[] {
  const part = (by: 1 | -1) => () => {
    manuscript.step(by);
    requestAnimationFrame(() => goTo("lines-heading"));
  };
  const toContents = () => {
    document.querySelector<HTMLElement>('[data-list="outline"] [aria-current]')?.focus();
  };
  return [
    { key: "j", words: t("Next line or note"), does: () => step(1) },
    { key: "k", words: t("Previous line or note"), does: () => step(-1) },
    { key: "J", words: t("Next part"), does: part(1) },
    { key: "K", words: t("Previous part"), does: part(-1) },
    { key: "u", words: t("To the contents"), does: go(manuscript, "outline", toContents) },
    { key: "t", words: t("To the lines"), does: go(manuscript, "lines", () => goToLine(manuscript)) },
    { key: "s", words: t("To the sources"), does: go(manuscript, "sources", () => goTo("sources-heading")) },
    { key: "l", words: t("To what has been done"), does: go(manuscript, "outline", () => goTo("log-heading")) },
  ];
}

function lineKeys(manuscript: Manuscript): Key[] {
  const on = (does: (row: Row) => void) => () => {
    const row = manuscript.rowOf(manuscript.current.peek());
    if (row) does(row);
  };
  const ask = (what: "move" | "versions" | "line") =>
    on(({ line }) => {
      if (line && (what !== "move" || !manuscript.closed)) manuscript.dialog.value = { what, line };
    });
  const decide = (mine: boolean) => on(({ id, pen }) => pen?.state === "overtaken" && manuscript.pens.settle(id, mine));
  const change = (does: (row: Row) => void) => on((row) => manuscript.closed || does(row));
  return [
    { key: "e", words: t("Write in the line (or Enter)"), does: on((row) => manuscript.write(row)) },
    { key: "n", words: t("New line after this one"), does: () => manuscript.begin(manuscript.rowOf(manuscript.current.peek())) },
    { key: "o", words: t("Move the line up"), does: change((row) => manuscript.shift(row, -1)) },
    { key: "O", words: t("Move the line down"), does: change((row) => manuscript.shift(row, 1)) },
    { key: "m", words: t("Move the line to another part"), does: ask("move") },
    { key: "R", words: t("Remove the line"), does: change((row) => manuscript.remove(row)) },
    { key: "v", words: t("Earlier versions of the line"), does: ask("versions") },
    { key: "b", words: t("More about the line"), does: ask("line") },
    { key: "y", words: t("Of two wordings, mine is to stand"), does: decide(true) },
    { key: "Y", words: t("Of two wordings, the other is to stand"), does: decide(false) },
  ];
}

function sourceKeys(manuscript: Manuscript): Key[] {
  const field = (id: string) => go(manuscript, "sources", () => goTo(id));
  return [
    { key: "x", words: t("The note is a source, or not"), does: () => manuscript.pick(notesAround(document.activeElement)) },
    {
      key: "X",
      words: t("All notes shown are sources, or none"),
      does: () => manuscript.pick(manuscript.pickable.peek().map((note) => note.id)),
    },
    { key: "/", words: t("Search among the notes"), does: field("sources-search") },
    { key: "f", words: t("Choose where the notes are from"), does: field("sources-shelf") },
  ];
}

function offerKeys(manuscript: Manuscript): Key[] {
  const draftInFocus = () => {
    const [, index] = /^draft-(\d+)$/.exec(entryInFocus() ?? "") ?? [];
    return index === undefined ? undefined : manuscript.offered.peek()?.drafts?.[Number(index)];
  };
  const use = () => {
    const draft = draftInFocus();
    if (draft) manuscript.take(draft);
  };
  const offer = () => void manuscript.offer().then(() => requestAnimationFrame(() => goTo("offered-heading")));
  const dismiss = () => {
    const entry = entryInFocus() ?? "";
    if (draftInFocus()) manuscript.offered.value = null;
    else if (manuscript.desk.store.actions.peek().has(entry)) manuscript.past.takeBack([entry]);
  };
  return [
    { key: "d", words: t("Suggest a text"), does: () => manuscript.closed || offer() },
    { key: "+", words: t("Use the suggestion"), does: use },
    { key: "-", words: t("Put the suggestions away, or undo the line of the log"), does: dismiss },
  ];
}

function viewKeys(manuscript: Manuscript, help: () => void): Key[] {
  return [
    { key: "?", words: t("Show this list"), does: help },
    { key: "z", words: t("Undo the last thing"), does: () => manuscript.past.undo() },
    { key: "Z", words: t("Do it again"), does: () => manuscript.past.redo() },
  ];
}

/** In the column that has the focus; among the lines when none has it. */
function step(by: 1 | -1): void {
  if (!document.activeElement?.closest("[data-column]")) goTo("lines-heading");
  stepCard(by);
}

/** To the line that one was at, else to the part's heading. */
function goToLine(manuscript: Manuscript): void {
  const line = document.querySelector<HTMLElement>(`[data-line="${CSS.escape(manuscript.current.peek() ?? "")}"]`);
  if (line) line.focus();
  else goTo("lines-heading");
}

function go(manuscript: Manuscript, place: Place, then: () => void): () => void {
  return () => {
    manuscript.place.value = place;
    // At once, for the next key may be on its way; where there is room for one column, when it has been shown.
    if (isColumnShown(place)) then();
    else requestAnimationFrame(then);
  };
}
