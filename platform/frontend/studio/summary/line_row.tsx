/** A line among others: its words, who wrote it, and what is amiss. Opened, it is written where it stands. */

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { clockTime, t } from "../../shared/words";
import { nameOf } from "../themes/said";
import { LineEditor } from "./line_editor";
import { LineState, Trouble } from "./line_state";
import { LineText } from "./line_text";
import { useManuscript } from "./manuscript";
import { footing } from "./outline";
import type { Row } from "./rows";

export function LineRow({ row, number }: { row: Row; number: number }): JSX.Element {
  const manuscript = useManuscript();
  const item = useRef<HTMLLIElement>(null);
  const open = manuscript.writing.value === row.id;
  const done = () => {
    manuscript.layDown();
    item.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.target !== item.current) return;
    event.preventDefault();
    manuscript.write(row);
  };
  return (
    <li
      ref={item}
      class="line"
      tabIndex={-1}
      data-card={row.id}
      data-line={row.id}
      data-current={manuscript.current.value === row.id || undefined}
      data-open={open || undefined}
      onKeyDown={onKey}
    >
      <span class="line__number count">{number}</span>
      <div class="line__body stack" data-gap="tight">
        {open ? <LineEditor row={row} onDone={done} /> : <Reading row={row} number={number} />}
        <Trouble row={row} />
      </div>
    </li>
  );
}

function Reading({ row, number }: { row: Row; number: number }): JSX.Element {
  const manuscript = useManuscript();
  const holder = manuscript.heldBy(row);
  const write = () => {
    // Who marks words to copy them does not want to write.
    if (getSelection()?.isCollapsed !== false) manuscript.write(row);
  };
  return (
    <>
      <p class="note__text line__text" data-writable={(!manuscript.closed && !holder) || undefined} onClick={write}>
        {row.text.trim() ? <LineText text={row.text} notes={row.notes} /> : <span class="help">{t("Nothing written yet")}</span>}
      </p>
      <div class="note__meta">
        <Facts row={row} />
        {row.pen && <LineState row={row} />}
        {holder ? (
          <span class="status-line" data-state="waiting">
            {t("%(name)s is writing here", { name: holder })}
          </span>
        ) : (
          !manuscript.closed && (
            <button type="button" class="link-button" aria-label={t("Write in line %(number)s", { number })} onClick={() => manuscript.write(row)}>
              {t("Write")}
            </button>
          )
        )}
        {row.line && (
          <button
            type="button"
            class="link-button"
            aria-haspopup="dialog"
            aria-label={t("More about line %(number)s", { number })}
            onClick={() => (manuscript.dialog.value = { what: "line", line: row.line! })}
          >
            {t("More")}
          </button>
        )}
      </div>
    </>
  );
}

/** Who wrote it and when, and whether it has something to lean on. */
function Facts({ row: { line, notes } }: { row: Row }): JSX.Element {
  const { byId } = useManuscript();
  const stands = footing(notes, byId.value);
  return (
    <>
      {stands === "none" && <span class="mark lacks">{t("Without a source")}</span>}
      {stands === "lost" && <span class="mark lacks">{t("A source has gone")}</span>}
      {line?.by && (
        <span>
          {nameOf(line.by)}
          {line.at && <>, <time dateTime={line.at}>{clockTime(line.at)}</time></>}
        </span>
      )}
    </>
  );
}
