/** A table's paper notes, typed in by keyboard: table and question once, then one note after the other. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { t } from "../shared/words";
import { tableName } from "./controls";
import { useDesk } from "./desk";
import { Choice } from "./filters";
import { Entered } from "./paper_list";
import { PaperField } from "./paper_field";
import { Pile } from "./paper_model";

const NO_QUESTION = " none";

export function Paper(): JSX.Element {
  const desk = useDesk();
  const { store, boot } = desk;
  const pile = useMemo(() => new Pile(desk.connection, sessionStorage, `verkstad.paper.${boot.code}`), [desk]);
  const tables = [...store.groups.value.values()].sort((a, b) => a.number - b.number);
  const group = useSignal(tables[0]?.number ?? 0);
  const question = useSignal(desk.open()?.question.id ?? store.questions.value[0]?.id ?? NO_QUESTION);
  usePatience(pile, desk.connection.line.value === "online");
  if (!tables.length) return <p class="empty">{t("Add a table first.")}</p>;
  const questionId = question.value === NO_QUESTION ? null : question.value;
  const number =
    paperNotes(desk.store.liveNotes(), group.value, questionId) + waiting(pile, group.value, questionId) + 1;
  return (
    <div class="stack">
      <div class="filters" data-for="paper" role="group" aria-label={t("Where the notes belong")}>
        <Choice label={t("Table")} value={String(group.value)} onChoose={(value) => (group.value = Number(value))}>
          {tables.map((table) => (
            <option key={table.number} value={String(table.number)}>
              {tableName(table)}
            </option>
          ))}
        </Choice>
        <Choice label={t("Question")} value={question.value} onChoose={(value) => (question.value = value)}>
          {store.questions.value.map((one, index) => (
            <option key={one.id} value={one.id}>{`${index + 1}. ${one.prompt}`}</option>
          ))}
          <option value={NO_QUESTION}>{t("No question")}</option>
        </Choice>
      </div>
      <PaperField pile={pile} group={group.value} question={questionId} number={number} />
      <Entered pile={pile} group={group.value} question={questionId} />
    </div>
  );
}

/** How many paper notes a table has under a question: the number of the next one follows. */
function paperNotes(
  notes: readonly { group: number; question: string | null; source: string }[],
  group: number,
  question: string | null,
): number {
  return notes.filter((note) => note.source === "paper" && note.group === group && note.question === question).length;
}

function waiting(pile: Pile, group: number, question: string | null): number {
  return pile.entries.value.filter(
    (entry) => entry.group === group && entry.question === question && entry.state !== "refused",
  ).length;
}

/** Sends what waits when the line is back, and warns before the page is left with something unsent. */
function usePatience(pile: Pile, online: boolean): void {
  useEffect(() => {
    if (online) void pile.resend();
  }, [pile, online]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (pile.entries.peek().length) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [pile]);
}
