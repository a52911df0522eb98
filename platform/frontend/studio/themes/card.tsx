/** A note among others, or a stack of notes with the same words: whose it is, what it says, and its marks. */

import { computed } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Note } from "../../shared/wire";
import { t, tn } from "../../shared/words";
import { TableBadge, Tool } from "../controls";
import { useBench } from "./bench";
import { sideWords } from "./said";
import { alone, groupsOf, type Card } from "./stacks";

interface CardProps {
  card: Card;
  /** Where it lies, when the list holds notes of several themes. */
  showTheme?: boolean;
  /** Whether it speaks for its theme. */
  quoted?: boolean;
}

export function NoteRow({ card, showTheme = false, quoted = false }: CardProps): JSX.Element {
  const bench = useBench();
  const { notes } = card;
  const selected = notes.every((note) => bench.selected.value.has(note.id));
  const text = notes[0]!.text;
  const groups = groupsOf(notes);
  return (
    <li class="row" tabIndex={-1} data-card={card.key} data-notes={JSON.stringify(notes.map((note) => note.id))} data-selected={selected || undefined}>
      <input
        type="checkbox"
        class="ds-input row__pick"
        data-size="sm"
        tabIndex={0}
        aria-label={t("Select: %(text)s", { text })}
        checked={selected}
        onChange={() => bench.toggle(notes)}
      />
      <p class="row__groups">
        {groups.map((group) => (
          <TableBadge key={group} number={group} />
        ))}
      </p>
      <div class="row__body">
        <p class="note__text" dir="auto">
          {text}
        </p>
        <p class="note__meta">
          <Marks notes={notes} showTheme={showTheme} quoted={quoted} />
          <Stacked card={card} />
          <Near card={card} />
          <Proposal notes={notes} />
        </p>
      </div>
      <Tool
        class="row__move"
        variant="tertiary"
        label={t("Move: %(text)s", { text })}
        onPress={() => (bench.dialog.value = { what: "move", notes })}
      >
        {t("Move")}
      </Tool>
      <span class="row__grip" aria-hidden="true" />
    </li>
  );
}

function Marks({ notes, showTheme, quoted }: { notes: readonly Note[]; showTheme: boolean; quoted: boolean }): JSX.Element {
  const bench = useBench();
  const note = notes[0]!;
  const theme = showTheme ? bench.themes.value.find((one) => one.theme.id === note.theme) : undefined;
  const second = note.second ? bench.labelOf(note.second) : undefined;
  return (
    <>
      {showTheme && (
        <span class="row__where" dir="auto">
          {theme ? `${theme.number}. ${theme.theme.label}` : t("Unplaced")}
        </span>
      )}
      {quoted && <span class="mark">{t("Quotation")}</span>}
      {note.side && <span class="mark">{sideWords(note.side)}</span>}
      {note.asks === "yes" && <span class="mark">{t("Needs an answer")}</span>}
      {!note.theme && note.by_person && <span class="mark">{t("Left unplaced")}</span>}
      {note.theme && note.sure === false && <span class="mark">{t("Uncertain place")}</span>}
      {second && <span class="mark">{t("Also: %(theme)s", { theme: second })}</span>}
      {note.late && <span class="mark">{t("Late")}</span>}
      {notes.some(({ id }) => bench.past.deeds.waiting.value.has(id)) && (
        <span class="status-line" data-state="waiting">
          {t("Waits for the server")}
        </span>
      )}
    </>
  );
}

function Stacked({ card }: { card: Card }): JSX.Element | null {
  const bench = useBench();
  const set = (open: boolean) => {
    const opened = new Set(bench.opened.value);
    if (open) opened.add(card.key);
    else opened.delete(card.key);
    bench.opened.value = opened;
  };
  if (card.notes.length > 1) {
    return (
      <button type="button" class="link-button" aria-expanded="false" onClick={() => set(true)}>
        {tn("%(n)s with the same words", "%(n)s with the same words", card.notes.length)}
      </button>
    );
  }
  return bench.opened.value.has(card.key) ? (
    <button type="button" class="link-button" aria-expanded="true" onClick={() => set(false)}>
      {t("Stack them")}
    </button>
  ) : null;
}

/** How many other notes say the same, or nearly. Counted apart, so that only a row whose count has changed is drawn anew. */
function Near({ card: { notes } }: { card: Card }): JSX.Element | null {
  const bench = useBench();
  const count = useMemo(
    () => computed(() => elsewhere(bench.alike.value.same(notes), notes) + bench.alike.value.near(notes).length),
    [notes],
  );
  if (!count.value) return null;
  return (
    <button type="button" class="link-button" aria-haspopup="dialog" onClick={() => (bench.dialog.value = { what: "similar", notes })}>
      {t("Nearly the same: %(n)s", { n: count.value })}
    </button>
  );
}

/** The computer takes it for a question: a person says yes or no. */
function Proposal({ notes }: { notes: readonly Note[] }): JSX.Element | null {
  const bench = useBench();
  if (!notes.some((note) => note.asks === "maybe")) return null;
  const text = notes[0]!.text;
  return (
    <span class="row__proposal">
      {t("Needs an answer?")}
      <button
        type="button"
        class="link-button"
        aria-label={t("Yes, it needs an answer: %(text)s", { text })}
        onClick={() => bench.answer(notes, true)}
      >
        {t("Yes")}
      </button>
      <button
        type="button"
        class="link-button"
        aria-label={t("No, it needs no answer: %(text)s", { text })}
        onClick={() => bench.answer(notes, false)}
      >
        {t("No")}
      </button>
    </span>
  );
}

/** The cards with the opened stacks laid out. */
export function laidOut(cards: readonly Card[], opened: ReadonlySet<string>): Card[] {
  return cards.flatMap((card) => (opened.has(card.key) ? card.notes.map(alone) : [card]));
}

/** How many lie in another theme than these; those beside them are seen there. */
function elsewhere(others: readonly Note[], notes: readonly Note[]): number {
  return others.filter((other) => (other.theme ?? null) !== (notes[0]!.theme ?? null)).length;
}
