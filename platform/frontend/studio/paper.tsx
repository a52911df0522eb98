/** A table's paper sheet, typed in by keyboard: table and question once, then one box after the other. */

import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { Group } from "../shared/wire";
import { t } from "../shared/words";
import { tableName, Tool } from "./controls";
import { useDesk } from "./desk";
import { Choice } from "./filters";
import { Entered } from "./paper_list";
import { PaperField } from "./paper_field";
import { Pile } from "./paper_model";
import { keptSheet, type Sheet } from "./paper_sheet";

const NO_QUESTION = " none";

export function Paper(): JSX.Element {
  const desk = useDesk();
  const { store, boot } = desk;
  const pile = useMemo(() => new Pile(desk.connection, sessionStorage, `verkstad.paper.${boot.code}`), [desk]);
  const tables = [...store.groups.value.values()].sort((a, b) => a.number - b.number);
  const sheet = useMemo(() => {
    const question = desk.open()?.question.id ?? store.questions.peek()[0]?.id ?? null;
    return keptSheet(sessionStorage, `verkstad.sheet.${boot.code}`, { group: tables[0]?.number ?? 0, question, text: "" });
  }, [desk]);
  usePatience(pile, desk.connection.line.value === "online");
  const next = tables[tables.findIndex((table) => table.number === sheet.value.group) + 1];
  if (!tables.length) return <p class="empty">{t("Add a table first.")}</p>;
  const { group } = sheet.value;
  const number = paperNotes(store.liveNotes(), group) + waiting(pile, group) + 1;
  const turn = () => next && (sheet.value = { ...sheet.value, group: next.number });
  return (
    <div class="stack">
      <Where sheet={sheet} tables={tables} />
      <PaperField pile={pile} sheet={sheet} number={number} onTurn={turn} />
      {next && (
        <div>
          <Tool variant="tertiary" onPress={turn}>
            {t("To the next sheet: %(table)s", { table: tableName(next) })}
          </Tool>
        </div>
      )}
      <Entered pile={pile} group={group} />
    </div>
  );
}

function Where({ sheet, tables }: { sheet: Signal<Sheet>; tables: readonly Group[] }): JSX.Element {
  const { store } = useDesk();
  const set = (part: Partial<Sheet>) => (sheet.value = { ...sheet.value, ...part });
  return (
    <div class="filters" data-for="paper" role="group" aria-label={t("Where the notes belong")}>
      <Choice label={t("Table")} value={String(sheet.value.group)} onChoose={(value) => set({ group: Number(value) })}>
        {tables.map((table) => (
          <option key={table.number} value={String(table.number)}>
            {tableName(table)}
          </option>
        ))}
      </Choice>
      <Choice
        label={t("Question")}
        value={sheet.value.question ?? NO_QUESTION}
        onChoose={(value) => set({ question: value === NO_QUESTION ? null : value })}
      >
        {store.questions.value.map((one, index) => (
          <option key={one.id} value={one.id}>{`${index + 1}. ${one.prompt}`}</option>
        ))}
        <option value={NO_QUESTION}>{t("No question")}</option>
      </Choice>
    </div>
  );
}

/** How many of a table's paper notes are with the server: the number of the next box follows. */
function paperNotes(notes: readonly { group: number; source: string }[], group: number): number {
  return notes.filter((note) => note.source === "paper" && note.group === group).length;
}

function waiting(pile: Pile, group: number): number {
  return pile.entries.value.filter((entry) => entry.group === group && entry.state !== "refused").length;
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
