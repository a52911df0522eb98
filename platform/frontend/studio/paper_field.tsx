/** The field for one paper note. Enter sends and the cursor stays; what is refused stays with its reason. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../shared/words";
import { excess, type Entry, type Pile } from "./paper_model";

const FIELD = "paper-field";

interface PaperFieldProps {
  pile: Pile;
  group: number;
  question: string | null;
  number: number;
}

export function PaperField({ pile, group, question, number }: PaperFieldProps): JSX.Element {
  const text = useSignal("");
  const error = useSignal("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const refused = (entry: Entry | null) => {
    // Only an empty field takes the text back; otherwise it waits in the list below with its reason.
    if (!entry || text.peek().trim()) return;
    text.value = entry.text;
    error.value = entry.reason ?? "";
    pile.drop(entry.id);
  };
  const enter = (event: Event) => {
    event.preventDefault();
    error.value = fault(text.value);
    field.current?.focus();
    if (error.value) return;
    void pile.add(group, question, text.value.trim()).then(refused);
    text.value = "";
  };
  return (
    <form class="stack" data-gap="tight" noValidate onSubmit={enter}>
      <div class="ds-field field paper-field">
        <label class="ds-label" for={FIELD}>
          {t("Paper note %(number)s", { number })}
        </label>
        <p id={`${FIELD}-what`} class="field__help">
          {t("Enter sends. Shift and Enter makes a new line.")}
        </p>
        <textarea
          ref={field}
          id={FIELD}
          class="ds-input"
          rows={3}
          dir="auto"
          value={text.value}
          aria-describedby={`${FIELD}-what ${FIELD}-error`}
          aria-invalid={error.value !== ""}
          onInput={(event) => (text.value = event.currentTarget.value)}
          onKeyDown={(event) => sends(event) && enter(event)}
        />
        <p id={`${FIELD}-error`} class="ds-validation-message" role="alert" hidden={!error.value}>
          {error.value}
        </p>
      </div>
      <button type="submit" class="ds-button" data-size="sm">
        {t("Enter the note")}
      </button>
    </form>
  );
}

/** Enter, but not in the middle of composing a letter. */
function sends(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}

/** What the server would refuse anyway, said before the text leaves the field. */
export function fault(text: string): string {
  if (!text.trim()) return t("Write something first.");
  const over = excess(text.trim());
  return over ? tn("The note is %(n)s character too long. Shorten it or make it two notes.", "The note is %(n)s characters too long. Shorten it or make it two notes.", over) : "";
}
