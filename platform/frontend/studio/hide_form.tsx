/** Why a note is hidden. A reason is always given: the table that wrote the note reads it. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Note } from "../shared/wire";
import { t } from "../shared/words";
import { useAct } from "./act";
import { FormButtons } from "./controls";
import { Field } from "./field";

const LONGEST = 500;

export function HideForm({ note, onDone }: { note: Note; onDone: () => void }): JSX.Element {
  const act = useAct();
  const reason = useSignal("");
  const missing = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const hide = async (event: Event) => {
    event.preventDefault();
    missing.value = !reason.value.trim();
    if (missing.value) return field.current?.focus();
    const undo = { text: t("The note is hidden."), changes: [{ kind: "note.unhide", note: note.id } as const] };
    if (await act.run([{ kind: "note.hide", note: note.id, reason: reason.value.trim() }], undo)) onDone();
  };
  const choose = (usual: string) => {
    reason.value = usual;
    missing.value = false;
    field.current?.focus();
  };
  return (
    <form
      class="stack hide-form"
      data-gap="tight"
      noValidate
      onSubmit={(event) => void hide(event)}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
    >
      <Field
        label={t("Why is it hidden?")}
        help={t("Its table reads the reason.")}
        error={missing.value ? t("Write a reason or choose one below.") : ""}
        longest={LONGEST}
        control={field}
        value={reason.value}
        onValue={(text) => (reason.value = text)}
      />
      <UsualReasons onChoose={choose} />
      <FormButtons act={act} submit={t("Hide the note")} onCancel={onDone} />
    </form>
  );
}

function UsualReasons({ onChoose }: { onChoose: (reason: string) => void }): JSX.Element {
  return (
    <div class="cluster" role="group" aria-label={t("Usual reasons")}>
      {usualReasons().map((usual) => (
        <button key={usual} type="button" class="chip" onClick={() => onChoose(usual)}>
          {usual}
        </button>
      ))}
    </div>
  );
}

function usualReasons(): string[] {
  return [t("Points out a person"), t("Hurts or threatens someone"), t("Sent by mistake"), t("Not about the question")];
}
