/** The middle column: the part that is being written, line by line; or the ledger, or the appendix. */

import type { JSX } from "preact";
import { t } from "../../shared/words";
import { Tool } from "../controls";
import { Appendix } from "./appendix";
import { LedgerTable } from "./ledger_table";
import { LineRow } from "./line_row";
import { useManuscript } from "./manuscript";
import { isWritten } from "./outline";
import { Offered } from "./offered";
import { numberOf, titleOf } from "./titles";

export function Lines(): JSX.Element {
  const manuscript = useManuscript();
  const section = manuscript.section.value;
  const number = numberOf(section.part);
  return (
    <section class="column" data-column="lines" data-list="lines" aria-labelledby="lines-heading">
      <h2 id="lines-heading" tabIndex={-1} data-heading dir="auto">
        {number !== null && `${number}. `}
        {titleOf(section.part)}
      </h2>
      {manuscript.closed && (
        <p class="tray" data-tone="calm">
          {t("The summary is adopted. It can no longer be changed.")}
        </p>
      )}
      {isWritten(section) ? <Written /> : section.part.kind === "ledger" ? <LedgerTable /> : <Appendix />}
    </section>
  );
}

function Written(): JSX.Element {
  const manuscript = useManuscript();
  const rows = manuscript.rows.value;
  return (
    <>
      {rows.length === 0 && <Nothing />}
      <ol class="lines" role="list">
        {rows.map((row, index) => (
          <LineRow key={row.id} row={row} number={index + 1} />
        ))}
      </ol>
      {!manuscript.closed && <Tools />}
      <Offered />
    </>
  );
}

function Nothing(): JSX.Element {
  return <p class="empty">{t("Nothing is written here yet. Write a line, take a suggestion, or pick notes to write about.")}</p>;
}

function Tools(): JSX.Element {
  const manuscript = useManuscript();
  return (
    <div class="cluster">
      <Tool hint="n" onPress={() => manuscript.begin()}>
        {t("New line")}
      </Tool>
      <Tool variant="tertiary" hint="d" onPress={() => void manuscript.offer()}>
        {t("Suggest a text")}
      </Tool>
    </div>
  );
}
