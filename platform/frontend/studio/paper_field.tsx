/** The field for one box of the sheet. Enter sends and goes to the next; what is refused stays with its reason. */

import { useSignal, type Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../shared/words";
import { Field } from "./field";
import { excess, type Entry, type Pile } from "./paper_model";
import type { Sheet } from "./paper_sheet";

const FIELD = "paper-field";

interface PaperFieldProps {
  pile: Pile;
  sheet: Signal<Sheet>;
  /** Of the box. */
  number: number;
  /** To the next table's sheet. */
  onTurn: () => void;
}

export function PaperField({ pile, sheet, number, onTurn }: PaperFieldProps): JSX.Element {
  const write = (text: string) => (sheet.value = { ...sheet.peek(), text });
  const error = useSignal("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const refused = (entry: Entry | null) => {
    // Only an empty field takes the text back; otherwise it waits in the list below with its reason.
    if (!entry || sheet.peek().text.trim()) return;
    write(entry.text);
    error.value = entry.reason ?? "";
    pile.drop(entry.id);
  };
  /** Whether what stood there is on its way. */
  const send = () => {
    const { group, question, text } = sheet.peek();
    error.value = fault(text);
    field.current?.focus();
    if (error.value) return false;
    void pile.add(group, question, text.trim()).then(refused);
    write("");
    return true;
  };
  const enter = (event: Event) => {
    event.preventDefault();
    send();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    // The last box of a sheet may be empty already.
    const turns = event.ctrlKey || event.metaKey;
    if (turns && !sheet.peek().text.trim()) onTurn();
    else if (send() && turns) onTurn();
  };
  return (
    <form class="stack paper-form" data-gap="tight" noValidate onSubmit={enter}>
      <Field
        id={FIELD}
        label={t("Box %(number)s", { number })}
        help={t("Enter: the next box. Ctrl and Enter: the next sheet. Shift and Enter: a new line.")}
        error={error.value}
        rows={3}
        size="md"
        control={field}
        value={sheet.value.text}
        onValue={write}
        onKeyDown={onKey}
      />
      <button type="submit" class="ds-button" data-size="sm">
        {t("Enter the note")}
      </button>
    </form>
  );
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
