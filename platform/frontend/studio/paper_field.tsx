/** The field for one paper note. Enter sends and the cursor stays; what is refused stays with its reason. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../shared/words";
import { Field } from "./field";
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
    <form class="stack paper-form" data-gap="tight" noValidate onSubmit={enter}>
      <Field
        id={FIELD}
        label={t("Paper note %(number)s", { number })}
        help={t("Enter sends. Shift and Enter makes a new line.")}
        error={error.value}
        rows={3}
        size="md"
        control={field}
        value={text.value}
        onValue={(typed) => (text.value = typed)}
        onKeyDown={(event) => sends(event) && enter(event)}
      />
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
  return over
    ? tn(
        "The note is %(n)s character too long. Shorten it or make it two notes.",
        "The note is %(n)s characters too long. Shorten it or make it two notes.",
        over,
      )
    : "";
}
