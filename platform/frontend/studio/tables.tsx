/** One more table, or another name for one. Numbers never change: every note carries its table's. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Group } from "../shared/wire";
import { t } from "../shared/words";
import { useAct } from "./act";
import { ActError } from "./controls";
import { Field } from "./field";
import { Choice } from "./filters";

const LONGEST = 100;

export function Tables({ tables }: { tables: readonly Group[] }): JSX.Element {
  return (
    <details class="fold">
      <summary>{t("Add or rename a table")}</summary>
      <div class="stack">
        <AddTable next={Math.max(0, ...tables.map((table) => table.number)) + 1} />
        {tables.length > 0 && <RenameTable tables={tables} />}
      </div>
    </details>
  );
}

function AddTable({ next }: { next: number }): JSX.Element {
  const act = useAct();
  const name = useSignal("");
  const add = async (event: Event) => {
    event.preventDefault();
    if (await act.run([{ kind: "group.add", name: name.value.trim() }])) name.value = "";
  };
  return (
    <form class="stack" data-gap="tight" onSubmit={(event) => void add(event)}>
      <Field
        label={t("Name of table %(number)s, if it has one", { number: next })}
        longest={LONGEST}
        value={name.value}
        onValue={(text) => (name.value = text)}
      />
      <button type="submit" class="ds-button" data-size="sm" data-variant="secondary" aria-busy={act.pending.value}>
        {t("Add table %(number)s", { number: next })}
      </button>
      <ActError act={act} />
    </form>
  );
}

function RenameTable({ tables }: { tables: readonly Group[] }): JSX.Element {
  const act = useAct();
  const number = useSignal(tables[0]!.number);
  const typed = useSignal<string | null>(null);
  const table = tables.find((one) => one.number === number.value) ?? tables[0]!;
  const rename = async (event: Event) => {
    event.preventDefault();
    const back = { kind: "group.rename", group: table.number, name: table.name } as const;
    const undo = { text: t("Table %(number)s has a new name.", { number: table.number }), changes: [back] };
    const name = (typed.value ?? table.name).trim();
    if (await act.run([{ kind: "group.rename", group: table.number, name }], undo)) typed.value = null;
  };
  const choose = (value: string) => {
    number.value = Number(value);
    typed.value = null;
  };
  return (
    <form class="stack" data-gap="tight" onSubmit={(event) => void rename(event)}>
      <Choice label={t("Table")} value={String(table.number)} onChoose={choose}>
        {tables.map((one) => (
          <option key={one.number} value={String(one.number)}>
            {t("Table %(number)s", { number: one.number })}
          </option>
        ))}
      </Choice>
      <Field
        label={t("New name")}
        longest={LONGEST}
        value={typed.value ?? table.name}
        onValue={(text) => (typed.value = text)}
      />
      <button type="submit" class="ds-button" data-size="sm" data-variant="secondary" aria-busy={act.pending.value}>
        {t("Rename")}
      </button>
      <ActError act={act} />
    </form>
  );
}
