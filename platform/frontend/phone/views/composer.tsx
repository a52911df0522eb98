/** The field for a new note, and the one primary button. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import type { Evening } from "../evening";
import { clean } from "../text";
import { hasKeyboard, useGrowing, useInReach } from "./hooks";
import { fault, NoteField, unkept } from "./note_field";

// A second tap on the button finds the field empty; it must not be told off for that.
const AFTERTAP = 1000;

export function Composer({ evening, question, late }: { evening: Evening; question: string; late: boolean }) {
  const text = evening.drafts.get(question) ?? "";
  const field = useGrowing(text);
  const form = useInReach();
  const { problem, send } = useSending(evening, question, () => field.current?.focus());
  const scribe = evening.scribe() === "me";
  useEffect(() => {
    if (hasKeyboard()) field.current?.focus({ preventScroll: true });
  }, []);
  if (!evening.takesNotes.value) return null;
  const sendOnEnter = (event: KeyboardEvent) => {
    const wanted = scribe ? !event.shiftKey : event.ctrlKey || event.metaKey;
    if (event.key !== "Enter" || event.isComposing || !wanted) return;
    event.preventDefault();
    void send();
  };
  const write = (written: string) => {
    problem.value = null;
    evening.drafts.set(question, written);
  };
  return (
    <form ref={form} class="stack phone__composer" onSubmit={(event) => (event.preventDefault(), void send())} noValidate>
      <NoteField
        id="note"
        {...words(scribe)}
        text={text}
        problem={problem.value}
        field={field}
        enterSends={scribe}
        write={write}
        onKeyDown={sendOnEnter}
      />
      <button class="ds-button phone__send" type="submit" onMouseDown={keepKeyboard}>
        {late ? t("Send a late note") : t("Send the note")}
      </button>
    </form>
  );
}

function words(scribe: boolean): { label: string; help: string } {
  if (!scribe) return { label: t("Your note"), help: t("One thing a note. Leave out people's names.") };
  return { label: t("What was said"), help: t("One thing a note. Enter sends; Shift and Enter gives a new line.") };
}

function useSending(evening: Evening, question: string, focus: () => void) {
  const problem = useSignal<string | null>(null);
  const sentAt = useRef(-Infinity);
  const send = async () => {
    const text = clean(evening.drafts.texts.peek().get(question) ?? "");
    if (!text && performance.now() - sentAt.current < AFTERTAP) return;
    problem.value = fault(text);
    if (problem.value) return focus();
    sentAt.current = performance.now();
    try {
      await evening.write(question);
    } catch {
      problem.value = unkept();
    }
  };
  return { problem, send };
}

/** A phone's keyboard stays up when the button beside it is tapped, so that the next note can be written at once. */
function keepKeyboard(event: MouseEvent): void {
  if (document.activeElement instanceof HTMLTextAreaElement) event.preventDefault();
}
