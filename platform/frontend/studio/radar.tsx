/** The tables at a glance: who has joined, what has come, who is done and who is silent. Counts only. */

import type { JSX } from "preact";
import { useId, useMemo } from "preact/hooks";
import { now } from "../shared/clock";
import { t, tn } from "../shared/words";
import { TableBadge, isPlainName, tableName } from "./controls";
import { useDesk } from "./desk";
import { silentAfter } from "./prefs";
import { read, RoundWatch, totals, type Reading } from "./radar_model";
import { Tables } from "./tables";
import { ago } from "./time";

export function Radar({ onChoose }: { onChoose: (table: number) => void }): JSX.Element {
  const desk = useDesk();
  const { store } = desk;
  const tables = [...store.groups.value.values()].sort((a, b) => a.number - b.number);
  const clock = now.value + store.skew.value;
  const watch = useMemo(() => new RoundWatch(), []);
  const openedAt = watch.since(desk.open()?.round ?? null, clock);
  const readings = tables.map((table) => read(table, openedAt, clock, silentAfter.value));
  return (
    <section class="stack" aria-labelledby="radar-heading">
      <h2 id="radar-heading" tabIndex={-1}>
        {t("Tables")}
      </h2>
      <Sums readings={readings} />
      <table class="radar">
        <caption class="visually-hidden">{t("Tables, with counts")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Table")}</th>
            <th scope="col">{t("Joined")}</th>
            <th scope="col">{t("Notes")}</th>
            <th scope="col">{t("Last")}</th>
          </tr>
        </thead>
        <tbody>
          {readings.map((reading) => (
            <Row key={reading.table.number} reading={reading} onChoose={onChoose} />
          ))}
        </tbody>
      </table>
      <Threshold />
      {desk.may("run") && <Tables tables={tables} />}
    </section>
  );
}

function Sums({ readings }: { readings: readonly Reading[] }): JSX.Element {
  const sum = totals(readings.map((reading) => reading.table));
  const silent = readings.filter((reading) => reading.sign === "silent").length;
  const done = readings.filter((reading) => reading.sign === "done").length;
  return (
    <div class="stack" data-gap="tight">
      <p>
        {tn("%(n)s participant", "%(n)s participants", sum.joined)}
        {sum.late > 0 && (
          <span class="help">
            {", "}
            {tn("%(n)s came late", "%(n)s came late", sum.late)}
          </span>
        )}
      </p>
      <p class="help" role="status">
        {tn("%(n)s table is done", "%(n)s tables are done", done)}
        {", "}
        {silent ? tn("%(n)s is silent", "%(n)s are silent", silent) : t("none is silent")}
      </p>
    </div>
  );
}

function Row({ reading, onChoose }: { reading: Reading; onChoose: (table: number) => void }): JSX.Element {
  const { table, sign, sinceNote } = reading;
  const words = signWords(reading);
  const named = table.name !== "" && !isPlainName(table.name, table.number);
  return (
    <tr data-sign={sign} data-named={named || undefined}>
      <th scope="row">
        <button
          type="button"
          class="radar__table"
          aria-label={t("Show the notes of %(table)s", { table: tableName(table) })}
          onClick={() => onChoose(table.number)}
        >
          <TableBadge number={table.number} />
          {named && (
            <span class="radar__name" dir="auto">
              {table.name}
            </span>
          )}
        </button>
        {words && (
          <span class="status-line" data-state={sign === "silent" ? "waiting" : sign === "done" ? "ok" : undefined}>
            {words}
          </span>
        )}
      </th>
      <td class="count">{table.joined ?? 0}</td>
      <td class="count">{table.notes ?? 0}</td>
      <td class="count">{sinceNote === null ? "–" : ago(sinceNote)}</td>
    </tr>
  );
}

function signWords({ sign, silent }: Reading): string {
  if (sign === "done") return t("Done");
  if (sign === "nobody") return t("Nobody joined");
  if (sign === "silent") return t("Silent for %(time)s", { time: ago(silent ?? 0) });
  return "";
}

function Threshold(): JSX.Element {
  const id = useId();
  const set = (event: Event) => {
    const minutes = Number((event.currentTarget as HTMLInputElement).value);
    if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 60) silentAfter.value = minutes;
  };
  return (
    <div class="threshold">
      <label for={id}>{t("Call a table silent after")}</label>
      <input
        id={id}
        class="ds-input"
        data-size="sm"
        type="number"
        inputMode="numeric"
        min={1}
        max={60}
        value={silentAfter.value}
        onChange={set}
      />
      <span>{t("minutes")}</span>
    </div>
  );
}
