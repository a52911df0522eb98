/** Which part of the wall one wants to see. */

import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { t, tn } from "../shared/words";
import { tableName } from "./controls";
import { useDesk } from "./desk";
import { ALL, type Filter, type Order } from "./wall_model";

const NO_QUESTION = " none";

interface FiltersProps {
  filter: Signal<Filter>;
  shown: number;
}

export function Filters({ filter, shown }: FiltersProps): JSX.Element {
  const { store } = useDesk();
  const { question, group, order } = filter.value;
  const set = (part: Partial<Filter>) => (filter.value = { ...filter.value, ...part });
  const tables = [...store.groups.value.values()].sort((a, b) => a.number - b.number);
  return (
    <div class="filters" role="group" aria-label={t("Choose notes")}>
      <Choice
        label={t("Question")}
        value={question ?? NO_QUESTION}
        onChoose={(value) => set({ question: value === NO_QUESTION ? null : value })}
      >
        <option value={ALL}>{t("All questions")}</option>
        {store.questions.value.map((one, index) => (
          <option key={one.id} value={one.id}>{`${index + 1}. ${one.prompt}`}</option>
        ))}
        <option value={NO_QUESTION}>{t("No question")}</option>
      </Choice>
      <Choice label={t("Table")} value={String(group)} onChoose={(value) => set({ group: Number(value) })}>
        <option value="0">{t("All tables")}</option>
        {tables.map((table) => (
          <option key={table.number} value={String(table.number)}>
            {tableName(table)}
          </option>
        ))}
      </Choice>
      <Choice label={t("Order")} value={order} onChoose={(value) => set({ order: value as Order })}>
        <option value="newest">{t("Newest first")}</option>
        <option value="table">{t("By table")}</option>
      </Choice>
      <p class="filters__count count">{tn("%(n)s note", "%(n)s notes", shown)}</p>
    </div>
  );
}

interface ChoiceProps {
  id?: string;
  label: string;
  value: string;
  onChoose: (value: string) => void;
  children: JSX.Element | (JSX.Element | JSX.Element[])[];
}

export function Choice({ label, value, onChoose, children, ...rest }: ChoiceProps): JSX.Element {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <div class="ds-field field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="ds-input"
        data-size="sm"
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {children}
      </select>
    </div>
  );
}
