/** One note on the wall: whose it is, what it says, how it came in, and hiding it with a reason. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Note } from "../shared/wire";
import { clockTime, t } from "../shared/words";
import { useAct } from "./act";
import { ActError, Press, TableBadge } from "./controls";
import { useDesk } from "./desk";
import { HideForm } from "./hide_form";

interface NoteCardProps {
  note: Note;
  /** Whether to say which question it answers: not when the wall shows one question only. */
  showQuestion: boolean;
  showTable: boolean;
  isNew: boolean;
}

export function NoteCard(props: NoteCardProps): JSX.Element {
  const { note, isNew } = props;
  const desk = useDesk();
  const hiding = useSignal(false);
  const card = useRef<HTMLLIElement>(null);
  const close = () => {
    hiding.value = false;
    card.current?.focus();
  };
  return (
    <li
      ref={card}
      class="note wall-note"
      tabIndex={-1}
      data-note={note.id}
      data-state={note.hidden ? "hidden" : note.late ? "late" : undefined}
      data-new={isNew || undefined}
    >
      <Marks {...props} />
      {note.hidden ? (
        <Hidden note={note} onBack={() => card.current?.focus()} />
      ) : (
        <p class="note__text" dir="auto">
          {note.text}
        </p>
      )}
      {!note.hidden && desk.may("moderate") && !hiding.value && (
        <button
          type="button"
          class="ds-button wall-note__hide"
          data-size="sm"
          data-variant="tertiary"
          data-does="hide"
          onClick={() => (hiding.value = true)}
        >
          {t("Hide")}
          <span class="visually-hidden"> {t("the note")}</span>
        </button>
      )}
      {!note.hidden && hiding.value && <HideForm note={note} onDone={close} />}
    </li>
  );
}

function Marks({ note, showQuestion, showTable }: NoteCardProps): JSX.Element {
  const desk = useDesk();
  const number = note.question === null ? 0 : desk.numberOf(note.question);
  return (
    <p class="note__meta">
      {showTable && <TableBadge number={note.group} />}
      {showQuestion && <span>{number ? t("Question %(number)s", { number }) : t("No question")}</span>}
      {/* A note that was imported carries the evening's date, and the hour it was written is not known. */}
      {note.source !== "import" && <time dateTime={note.created_at}>{clockTime(note.created_at)}</time>}
      {note.late && <span class="mark">{t("Late")}</span>}
      {note.source === "paper" && <span class="mark">{t("Paper")}</span>}
      {note.source === "scribe" && <span class="mark">{t("Scribe")}</span>}
      {note.source === "import" && <span class="mark">{t("Imported")}</span>}
      {note.edited_at && <span class="mark">{t("Edited")}</span>}
    </p>
  );
}

/** A hidden note is folded: its reason is seen, its text on request. */
function Hidden({ note, onBack }: { note: Note; onBack: () => void }): JSX.Element | null {
  const desk = useDesk();
  const act = useAct();
  if (!note.hidden) return null;
  const { reason, by, at } = note.hidden;
  const show = async () => {
    const undo = {
      text: t("The note is shown again."),
      changes: [{ kind: "note.hide", note: note.id, reason } as const],
    };
    if (await act.run([{ kind: "note.unhide", note: note.id }], undo)) onBack();
  };
  return (
    <details class="fold">
      <summary dir="auto">{t("Hidden: %(reason)s", { reason })}</summary>
      <div class="stack" data-gap="tight">
        <p class="note__text" dir="auto">
          {note.text}
        </p>
        <p class="help">{t("Hidden by %(by)s at %(time)s", { by, time: clockTime(at) })}</p>
        {desk.may("moderate") && (
          <Press act={act} variant="secondary" onPress={() => void show()}>
            {t("Show again")}
          </Press>
        )}
        <ActError act={act} />
      </div>
    </details>
  );
}
