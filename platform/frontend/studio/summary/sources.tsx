/** The notes to pick sources among: for the line that one is at, or for one that begins with them. */

import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Note } from "../../shared/wire";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { Field } from "../field";
import { Choice } from "../filters";
import { useManuscript } from "./manuscript";
import { isWritten } from "./outline";
import { uses } from "./picks";
import { numberOf, titleOf } from "./titles";

export function Sources(): JSX.Element {
  const written = isWritten(useManuscript().section.value);
  return (
    <section class="column" data-column="sources" data-list="sources" aria-labelledby="sources-heading">
      <h2 id="sources-heading" tabIndex={-1} data-heading>
        {t("Sources")}
      </h2>
      {written ? <Picking /> : <p class="help">{t("No lines are written in this part.")}</p>}
    </section>
  );
}

function Picking(): JSX.Element {
  const manuscript = useManuscript();
  const row = manuscript.rowOf(manuscript.current.value);
  const notes = manuscript.pickable.value;
  const counts = uses(manuscript.desk.store.liveLines());
  const picked = new Set(row?.notes);
  return (
    <>
      <p class="help sources__of" dir="auto">
        {row?.text.trim()
          ? t("For: %(text)s", { text: row.text })
          : row
            ? t("For the new line")
            : t("Pick notes, and a new line begins with them.")}
      </p>
      <Shelf shown={notes.length} />
      {notes.length === 0 && <p class="empty">{t("No note fits this choice.")}</p>}
      <ul class="rows" role="list">
        {notes.map((note) => (
          <Source key={note.id} note={note} picked={picked.has(note.id)} used={counts.get(note.id) ?? 0} />
        ))}
      </ul>
    </>
  );
}

function Shelf({ shown }: { shown: number }): JSX.Element {
  const manuscript = useManuscript();
  const all = manuscript.pickable.value.map((note) => note.id);
  const here = manuscript.section.value.key;
  return (
    <div class="stack" data-gap="tight">
      <Choice
        id="sources-shelf"
        label={t("Notes from")}
        value={manuscript.shelf.value ?? here}
        onChoose={(key) => (manuscript.shelf.value = key)}
      >
        {manuscript.sections.value
          .filter((section) => section.key === here || (isWritten(section) && section.notes.length > 0))
          .map(({ key, part }) => (
            <option key={key} value={key}>
              {part.kind === "intro" ? t("The whole evening") : [numberOf(part), titleOf(part)].filter(Boolean).join(". ")}
            </option>
          ))}
      </Choice>
      <Field
        id="sources-search"
        label={t("Search among the notes")}
        value={manuscript.sought.value}
        onValue={(text) => (manuscript.sought.value = text)}
        onKeyDown={(event) => event.key === "Escape" && document.getElementById("sources-heading")?.focus()}
      />
      <div class="toolbar">
        <p class="count help">{tn("%(n)s note", "%(n)s notes", shown)}</p>
        {shown > 0 && !manuscript.closed && (
          <Tool class="toolbar__end" variant="tertiary" hint="X" onPress={() => manuscript.pick(all)}>
            {t("Pick all")}
          </Tool>
        )}
      </div>
    </div>
  );
}

interface SourceProps {
  note: Note;
  picked: boolean;
  /** In how many lines it is a source. */
  used: number;
}

function Source({ note, picked, used }: SourceProps): JSX.Element {
  const manuscript = useManuscript();
  const id = useId();
  return (
    <li class="row source" tabIndex={-1} data-card={note.id} data-notes={JSON.stringify([note.id])} data-selected={picked || undefined}>
      <input
        id={id}
        type="checkbox"
        class="ds-input row__pick"
        data-size="sm"
        checked={picked}
        disabled={manuscript.closed}
        onChange={() => manuscript.pick([note.id])}
      />
      <div class="row__body">
        <label for={id} class="note__text" dir="auto">
          <span class="source__mark count">{manuscript.marks.value.get(note.id)}</span> {note.text}
        </label>
        {used > 0 && (
          <p class="note__meta count">{tn("Source of %(n)s line", "Source of %(n)s lines", used)}</p>
        )}
      </div>
    </li>
  );
}
