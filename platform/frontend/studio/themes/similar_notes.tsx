/** The notes like one: what says the same elsewhere, what says nearly the same, and what is most similar. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { ServerError, Unreachable } from "../../shared/push";
import type { Note } from "../../shared/wire";
import { t } from "../../shared/words";
import { Dialog, TableBadge, Tool } from "../controls";
import { singleKeys } from "../prefs";
import { byPlace } from "./alike";
import { useBench } from "./bench";
import { groupsOf, type Card } from "./stacks";

/** What the server has said: nothing yet, ids, or why not. */
type Answer = readonly string[] | { failed: string } | null;

interface Row {
  card: Card;
  mark: string | null;
}

export function SimilarNotes({ notes: asked, onClose }: { notes: readonly Note[]; onClose: () => void }): JSX.Element {
  const bench = useBench();
  const now = bench.notes.value.filter((note) => asked.some(({ id }) => id === note.id));
  const notes = now.length ? now : asked;
  const answer = useAnswer(asked);
  const rows = useRows(notes, Array.isArray(answer) ? answer : []);
  const refusal = bench.past.deeds.refusal.value;
  useDigits();
  return (
    <Dialog heading={t("Similar notes")} onClose={onClose}>
      <blockquote class="theme__quotation" dir="auto">
        {notes[0]!.text}
      </blockquote>
      {refusal && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
      <ol class="similar" role="list">
        {rows.map((row, index) => (
          <SimilarRow key={row.card.key} row={row} number={index + 1} notes={notes} />
        ))}
      </ol>
      <p class="help" role="status">
        {statusWords(answer, rows.length)}
      </p>
    </Dialog>
  );
}

/** The number of a row does what its button does, from the moment that the row is seen. */
function useDigits(): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!singleKeys.peek() || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
      document.querySelector<HTMLElement>(`[data-similar="${event.key}"] .ds-button`)?.click();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function statusWords(answer: Answer, rows: number): string {
  if (answer === null) return t("Looking for similar notes…");
  if ("failed" in answer) return answer.failed;
  return rows ? "" : t("No similar note yet. The computer reads new notes within seconds.");
}

function useAnswer(asked: readonly Note[]): Answer {
  const { desk } = useBench();
  const answer = useSignal<Answer>(null);
  useEffect(() => {
    desk.similar(asked.map((note) => note.id)).then(
      (found) => (answer.value = found.map((one) => one.note)),
      (error: unknown) => {
        if (!(error instanceof ServerError || error instanceof Unreachable)) throw error;
        const away = t("The server does not answer. Try again when the connection is back.");
        answer.value = { failed: error instanceof ServerError ? error.message : away };
      },
    );
  }, []);
  return answer.value;
}

function useRows(notes: readonly Note[], ids: readonly string[]): Row[] {
  const alike = useBench().alike.value;
  const near = alike.near(notes);
  const rows = (found: readonly Note[], mark: string | null) => byPlace(found).map((card) => ({ card, mark }));
  return [
    ...rows(alike.same(notes), t("The same words")),
    ...rows(near, t("Nearly the same")),
    ...rows(alike.withWordsOf(ids, notes).filter((note) => !near.includes(note)), null),
  ];
}

function SimilarRow({ row: { card, mark }, number, notes }: { row: Row; number: number; notes: readonly Note[] }): JSX.Element {
  const bench = useBench();
  const [first] = card.notes;
  const theme = bench.themes.value.find((one) => one.theme.id === first!.theme);
  const deed = useDeed(notes, card.notes);
  const item = useRef<HTMLLIElement>(null);
  const press = () => {
    // The button goes when it is done; its row stays.
    item.current?.focus();
    deed?.does();
  };
  return (
    <li ref={item} class="similar__row" tabIndex={-1} data-similar={number}>
      <span class="picker__number">{number}</span>
      <p class="row__groups">
        {groupsOf(card.notes).map((group) => (
          <TableBadge key={group} number={group} />
        ))}
      </p>
      <div class="row__body">
        <p class="note__text" dir="auto">
          {first!.text}
        </p>
        <p class="note__meta">
          <span dir="auto">{theme ? `${theme.number}. ${theme.theme.label}` : t("Unplaced")}</span>
          {mark && <span class="mark">{mark}</span>}
        </p>
      </div>
      {deed ? (
        <Tool label={`${deed.words}: ${first!.text}`} hint={String(number)} onPress={press}>
          {deed.words}
        </Tool>
      ) : (
        <span class="help">{t("In the same theme")}</span>
      )}
    </li>
  );
}

/** What brings the two together in one act; null where they are. */
function useDeed(notes: readonly Note[], others: readonly Note[]): { words: string; does: () => void } | null {
  const bench = useBench();
  const [here, there] = [bench.themeOf(notes), bench.themeOf(others)];
  if (here && here.id === there?.id) return null;
  if (here) return { words: t("Move it here"), does: () => bench.move(others, here) };
  if (there) return { words: t("Place the note there"), does: () => bench.move(notes, there) };
  const both = [...notes, ...others];
  return { words: t("Make a theme of both"), does: () => (bench.dialog.value = { what: "name", notes: both }) };
}
