/** The appendix: every note under the group that wrote it, with its mark. */

import type { JSX } from "preact";
import type { GoneNote, Note } from "../../shared/wire";
import { t } from "../../shared/words";
import { useManuscript } from "./manuscript";

export function Appendix(): JSX.Element {
  const { desk } = useManuscript();
  const notes = [...desk.store.notes.value.values()].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  const groups = [...new Set(notes.map((note) => note.group))].sort((a, b) => a - b);
  if (!notes.length) return <p class="empty">{t("No notes yet.")}</p>;
  return (
    <>
      {groups.map((group) => (
        <section key={group} class="stack" data-gap="tight">
          <h3>{t("Group %(number)s", { number: group })}</h3>
          <ul class="rows" role="list">
            {notes.filter((note) => note.group === group).map((note) => (
              <Entry key={note.id} note={note} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Entry({ note }: { note: Note | GoneNote }): JSX.Element {
  const { marks } = useManuscript();
  return (
    <li class="row source" tabIndex={-1} data-card={note.id}>
      <span class="source__mark count">{marks.value.get(note.id)}</span>
      {note.gone ? (
        <p class="help">{t("Withdrawn by the author")}</p>
      ) : note.hidden ? (
        <p class="help">{t("Hidden: %(reason)s", { reason: note.hidden.reason })}</p>
      ) : (
        <p class="note__text" dir="auto">
          {note.text}
        </p>
      )}
    </li>
  );
}
