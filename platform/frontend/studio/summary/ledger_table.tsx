/** The ledger: where every note is, group by group, and that it adds up. */

import type { JSX } from "preact";
import { t, tn } from "../../shared/words";
import { ledgerOf, WHEREABOUTS, type LedgerRow, type Whereabouts } from "./ledger";
import { useManuscript } from "./manuscript";

export function LedgerTable(): JSX.Element {
  const { desk, sorting } = useManuscript();
  const { rows, total } = ledgerOf(desk.store.notes.value.values(), new Set(sorting.value.heaps.keys()));
  return (
    <>
      <p>{t("Every note that came in is in exactly one column.")}</p>
      <div class="table-scroll" role="region" tabIndex={0} aria-label={t("The notes of each group")}>
        <table class="ledger">
          <thead>
            <tr>
              <th scope="col">{t("Group")}</th>
              {WHEREABOUTS.map((place) => (
                <th key={place} scope="col">
                  {whereaboutsWords(place)}
                </th>
              ))}
              <th scope="col">{t("Received")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.group}>
                <th scope="row">{t("Group %(number)s", { number: row.group })}</th>
                <Figures row={row} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("Total")}</th>
              <Figures row={total} />
            </tr>
          </tfoot>
        </table>
      </div>
      <p class="help count">
        {tn("%(n)s note = %(sum)s", "%(n)s notes = %(sum)s", total.received, {
          sum: WHEREABOUTS.map((place) => total.in[place]).join(" + "),
        })}
      </p>
    </>
  );
}

function Figures({ row }: { row: Omit<LedgerRow, "group"> }): JSX.Element {
  return (
    <>
      {WHEREABOUTS.map((place) => (
        <td key={place}>{row.in[place]}</td>
      ))}
      <td>{row.received}</td>
    </>
  );
}

function whereaboutsWords(place: Whereabouts): string {
  return { themes: t("In themes"), unplaced: t("Not placed"), hidden: t("Hidden"), withdrawn: t("Withdrawn") }[place];
}
