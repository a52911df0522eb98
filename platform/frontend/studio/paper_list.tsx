/** What was just typed in: on its way, refused, or taken; the last can be corrected and withdrawn. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Note } from "../shared/wire";
import { clockTime, t } from "../shared/words";
import { useAct } from "./act";
import { ActError, FormButtons, Press, Tool } from "./controls";
import { useDesk } from "./desk";
import { Field } from "./field";
import { fault } from "./paper_field";
import type { Entry, Pile } from "./paper_model";
import { nameOf } from "./themes/said";

/** Enough to compare with the sheet that was just typed in. */
const LATEST = 30;

interface EnteredProps {
  pile: Pile;
  group: number;
}

export function Entered({ pile, group }: EnteredProps): JSX.Element | null {
  const { store } = useDesk();
  const waiting = pile.entries.value;
  const taken = store
    .liveNotes()
    .filter((note) => note.source === "paper" && note.group === group);
  if (!waiting.length && !taken.length) return null;
  const unanswered = waiting.some((entry) => entry.state === "unanswered");
  return (
    <section class="stack" data-gap="tight" aria-labelledby="entered-heading">
      <h3 id="entered-heading" tabIndex={-1}>
        {t("Entered from paper")}
      </h3>
      {unanswered && (
        <div class="refusal" role="alert">
          <p>{t("The server does not answer. The notes are kept here and sent when it does.")}</p>
          <Tool onPress={() => void pile.resend()}>
            {t("Try again")}
          </Tool>
        </div>
      )}
      <ol class="notes" role="list">
        {[...waiting].reverse().map((entry) => (
          <Waiting key={entry.id} entry={entry} pile={pile} />
        ))}
        {taken
          .map((note, index) => <Taken key={note.id} note={note} number={index + 1} />)
          .reverse()
          .slice(0, LATEST)}
      </ol>
    </section>
  );
}

function Waiting({ entry, pile }: { entry: Entry; pile: Pile }): JSX.Element {
  const refused = entry.state === "refused";
  return (
    <li class="note" data-state={refused ? "failed" : "waiting"}>
      <p class="note__text" dir="auto">
        {entry.text}
      </p>
      <p class="note__meta">
        <span>{t("Table %(number)s", { number: entry.group })}</span>
        {entry.state === "sending" && (
          <span class="status-line" data-state="waiting">
            {t("Being sent")}
          </span>
        )}
        {entry.state === "unanswered" && (
          <span class="status-line" data-state="waiting">
            {t("Waits for the server")}
          </span>
        )}
      </p>
      {refused && <RefusedEntry entry={entry} pile={pile} />}
    </li>
  );
}

/** Why the server would not have it, and the two ways out. Another try is another note: a refusal of an id is final. */
function RefusedEntry({ entry, pile }: { entry: Entry; pile: Pile }): JSX.Element {
  const again = () => {
    pile.drop(entry.id);
    void pile.add(entry.group, entry.question, entry.text);
  };
  return (
    <>
      <p role="alert" class="ds-validation-message">
        {entry.reason}
      </p>
      <div class="cluster">
        <Tool onPress={again}>
          {t("Try again")}
        </Tool>
        <Tool variant="tertiary" onPress={() => pile.drop(entry.id)}>
          {t("Throw away")}
        </Tool>
      </div>
    </>
  );
}

function Taken({ note, number }: { note: Note; number: number }): JSX.Element {
  const desk = useDesk();
  const correcting = useSignal(false);
  const card = useRef<HTMLLIElement>(null);
  const close = () => {
    correcting.value = false;
    card.current?.focus();
  };
  return (
    <li ref={card} class="note" tabIndex={-1}>
      {correcting.value ? (
        <Correct note={note} onDone={close} />
      ) : (
        <p class="note__text" dir="auto">
          {note.text}
        </p>
      )}
      <div class="note__meta">
        <span>{t("Box %(number)s", { number })}</span>
        {note.question && <span>{t("Question %(number)s", { number: desk.numberOf(note.question) })}</span>}
        {note.entered_by && <span>{t("Typed in by %(name)s", { name: nameOf(note.entered_by) })}</span>}
        <time dateTime={note.created_at}>{clockTime(note.created_at)}</time>
        {!correcting.value && <Mend note={note} onCorrect={() => (correcting.value = true)} />}
      </div>
    </li>
  );
}

function Mend({ note, onCorrect }: { note: Note; onCorrect: () => void }): JSX.Element {
  const act = useAct();
  const withdraw = async () => {
    // A withdrawn note never comes back; taking it back means typing it in again, which this does.
    const again = { kind: "note.add", group: note.group, question: note.question, text: note.text } as const;
    const undo = { text: t("The paper note is withdrawn."), changes: [again] };
    if (await act.run([{ kind: "note.withdraw", note: note.id }], undo))
      document.getElementById("entered-heading")?.focus();
  };
  return (
    <>
      <Tool variant="tertiary" onPress={onCorrect}>
        {t("Correct")}
      </Tool>
      <Press act={act} variant="tertiary" onPress={() => void withdraw()}>
        {t("Withdraw")}
      </Press>
      <ActError act={act} />
    </>
  );
}

function Correct({ note, onDone }: { note: Note; onDone: () => void }): JSX.Element {
  const act = useAct();
  const text = useSignal(note.text);
  const error = useSignal("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const save = async (event: Event) => {
    event.preventDefault();
    error.value = fault(text.value);
    if (error.value) return field.current?.focus();
    const back = { kind: "note.edit", note: note.id, text: note.text } as const;
    const undo = { text: t("The paper note is corrected."), changes: [back] };
    if (await act.run([{ kind: "note.edit", note: note.id, text: text.value.trim() }], undo)) onDone();
  };
  return (
    <form class="stack" data-gap="tight" noValidate onSubmit={(event) => void save(event)}>
      <Field
        label={t("Correct the text")}
        error={error.value}
        rows={3}
        control={field}
        value={text.value}
        onValue={(typed) => (text.value = typed)}
        onKeyDown={(event) => event.key === "Escape" && onDone()}
      />
      <FormButtons act={act} submit={t("Save")} onCancel={onDone} />
    </form>
  );
}
