/** The notes of a question: this phone's, the table's, and everybody's once they are shared. */

import { useRef } from "preact/hooks";
import { t, tn } from "../../shared/words";
import type { Note } from "../../shared/wire";
import type { Evening } from "../evening";
import { OwnNote } from "./own_note";
import { TableName } from "./table_name";

export function Notes({ evening, question, shared }: { evening: Evening; question: string; shared: boolean }) {
  return (
    <>
      <OwnNotes evening={evening} question={question} />
      <TableNotes evening={evening} question={question} />
      {shared && <OtherTables evening={evening} question={question} />}
    </>
  );
}

function OwnNotes({ evening, question }: { evening: Evening; question: string }) {
  const cards = evening.cards(question);
  const heading = useRef<HTMLHeadingElement>(null);
  if (!cards.length) return null;
  const numbered = evening.scribe() === "me";
  return (
    <section class="stack" data-gap="tight" aria-labelledby="own-notes">
      <h2 id="own-notes" ref={heading} tabIndex={-1} class="phone__heading">
        {t("Your notes")}
      </h2>
      <ul class="notes" role="list">
        {cards.map((card, index) => (
          <OwnNote
            key={card.id}
            evening={evening}
            card={card}
            number={numbered ? cards.length - index : null}
            onGone={() => (heading.current ?? document.querySelector("h1"))?.focus()}
          />
        ))}
      </ul>
    </section>
  );
}

function TableNotes({ evening, question }: { evening: Evening; question: string }) {
  const notes = [...evening.tableNotes(question), ...evening.tableNotes(null)];
  if (!notes.length) return null;
  return (
    <section class="stack" data-gap="tight" aria-labelledby="table-notes">
      <h2 id="table-notes" class="phone__heading">
        {t("More from your table")}
      </h2>
      <NoteList notes={notes} />
    </section>
  );
}

/** Folded by table, so that what arrives moves nothing that somebody is reading. */
function OtherTables({ evening, question }: { evening: Evening; question: string }) {
  const tables = evening.otherTables(question);
  return (
    <section class="stack" data-gap="tight" aria-labelledby="other-tables">
      <h2 id="other-tables" class="phone__heading">
        {t("The other tables")}
      </h2>
      {!tables.length && <p class="help">{t("The other tables have not written anything yet.")}</p>}
      {tables.map(([number, notes]) => (
        <details key={number} class="phone__fold">
          <summary>
            <span class="cluster">
              <TableName number={number} name="" />
              <span class="help count">{tn("%(n)s note", "%(n)s notes", notes.length)}</span>
            </span>
          </summary>
          <NoteList notes={notes} />
        </details>
      ))}
    </section>
  );
}

function NoteList({ notes }: { notes: readonly Note[] }) {
  return (
    <ul class="notes" role="list">
      {notes.map((note) => (
        <li key={note.id} class="note">
          <p class="note__text" dir="auto">
            {note.text}
          </p>
          {note.late && <p class="note__meta">{t("Late")}</p>}
        </li>
      ))}
    </ul>
  );
}
