/** The field for a new note, and the one primary button. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import type { Evening } from "../evening";
import { clean, COUNT_FROM, lengthOf, LIMIT } from "../text";
import { hasKeyboard, useGrowing, useInReach } from "./hooks";

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
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = scribe ? !event.shiftKey : event.ctrlKey || event.metaKey;
    if (event.key !== "Enter" || event.isComposing || !wanted) return;
    event.preventDefault();
    void send();
  };
  return (
    <form ref={form} class="stack phone__composer" onSubmit={(event) => (event.preventDefault(), void send())} noValidate>
      <div class="ds-field field">
        <label class="ds-label" for="note">
          {scribe ? t("What was said") : t("Your note")}
        </label>
        <p class="field__help" id="note-help">
          {scribe
            ? t("One thing a note. Enter sends; Shift and Enter gives a new line.")
            : t("One thing a note. Leave out people's names.")}
        </p>
        {problem.value && (
          <p class="ds-validation-message" id="note-problem" role="alert">
            {problem.value}
          </p>
        )}
        <textarea
          ref={field}
          id="note"
          class="ds-input phone__field"
          dir="auto"
          rows={3}
          autocomplete="off"
          enterkeyhint={scribe ? "send" : "enter"}
          aria-describedby={`note-help note-count${problem.value ? " note-problem" : ""}`}
          aria-invalid={problem.value ? "true" : undefined}
          value={text}
          onInput={(event) => {
            problem.value = null;
            evening.drafts.set(question, event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <Counter text={text} />
      </div>
      <button class="ds-button phone__send" type="submit" onMouseDown={keepKeyboard}>
        {late ? t("Send a late note") : t("Send the note")}
      </button>
    </form>
  );
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
      problem.value = t("The phone could not keep the note. The text is still here; try again.");
    }
  };
  return { problem, send };
}

/** What must be mended before a text can be sent; null when nothing must. */
export function fault(text: string): string | null {
  const length = lengthOf(text);
  if (!text) return t("Write something first.");
  if (length <= LIMIT) return null;
  return t("The note is %(over)s characters too long. Shorten it, or make it two notes.", { over: length - LIMIT });
}

/** From where it begins to matter; before that a figure would only disturb. */
export function Counter({ text, id = "note-count" }: { text: string; id?: string }) {
  const length = lengthOf(clean(text));
  const over = length - LIMIT;
  return (
    <p class="field__help count" id={id} data-over={over > 0}>
      {length >= COUNT_FROM && over <= 0 && t("%(length)s of %(limit)s characters", { length, limit: LIMIT })}
      {over > 0 && t("%(over)s characters too long", { over })}
    </p>
  );
}

/** A phone's keyboard stays up when the button beside it is tapped, so that the next note can be written at once. */
function keepKeyboard(event: MouseEvent): void {
  if (document.activeElement instanceof HTMLTextAreaElement) event.preventDefault();
}
