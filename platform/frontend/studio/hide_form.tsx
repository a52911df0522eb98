/** Why a note is hidden. A reason is always given: the table that wrote the note reads it. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Note } from "../shared/wire";
import { t } from "../shared/words";
import { useAct } from "./act";
import { ActError } from "./controls";

const LONGEST = 500;

export function HideForm({ note, onDone }: { note: Note; onDone: () => void }): JSX.Element {
  const id = useId();
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
      <div class="ds-field field">
        <label class="ds-label" for={id}>
          {t("Why is it hidden?")}
        </label>
        <p id={`${id}-what`} class="field__help">
          {t("Its table reads the reason.")}
        </p>
        <input
          ref={field}
          id={id}
          class="ds-input"
          data-size="sm"
          type="text"
          dir="auto"
          maxLength={LONGEST}
          value={reason.value}
          aria-describedby={`${id}-what ${id}-error`}
          aria-invalid={missing.value}
          onInput={(event) => (reason.value = event.currentTarget.value)}
        />
        <p id={`${id}-error`} class="ds-validation-message" role="alert" hidden={!missing.value}>
          {missing.value && t("Write a reason or choose one below.")}
        </p>
      </div>
      <div class="cluster" role="group" aria-label={t("Usual reasons")}>
        {usualReasons().map((usual) => (
          <button key={usual} type="button" class="chip" onClick={() => choose(usual)}>
            {usual}
          </button>
        ))}
      </div>
      <div class="cluster">
        <button type="submit" class="ds-button" data-size="sm" aria-busy={act.pending.value}>
          {t("Hide the note")}
        </button>
        <button type="button" class="ds-button" data-size="sm" data-variant="tertiary" onClick={onDone}>
          {t("Cancel")}
        </button>
      </div>
      <ActError act={act} />
    </form>
  );
}

function usualReasons(): string[] {
  return [t("Points out a person"), t("Hurts or threatens someone"), t("Sent by mistake"), t("Not about the question")];
}
