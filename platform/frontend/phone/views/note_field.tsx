/** The field for a note's text, the same for a new note, a changed one and one that is sent again. */

import type { RefObject } from "preact";
import { t } from "../../shared/words";
import { clean, COUNT_FROM, hasControls, lengthOf, LIMIT } from "../text";

interface Props {
  id: string;
  label: string;
  help?: string;
  text: string;
  /** What must be mended, said at the field. */
  problem: string | null;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Enter sends, and a phone's keyboard says so. */
  enterSends?: boolean;
  write(text: string): void;
  onKeyDown?(event: KeyboardEvent): void;
}

export function NoteField({ id, label, help, text, problem, field, enterSends = false, write, onKeyDown }: Props) {
  const described = [help && `${id}-help`, problem && `${id}-problem`, `${id}-count`].filter(Boolean).join(" ");
  return (
    <div class="ds-field field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      {help && (
        <p class="field__help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem && (
        <p class="ds-validation-message" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      <textarea
        ref={field}
        id={id}
        class="ds-input phone__field"
        dir="auto"
        rows={3}
        autocomplete="off"
        enterkeyhint={enterSends ? "send" : "enter"}
        aria-describedby={described}
        aria-invalid={problem ? "true" : undefined}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Counter text={text} id={`${id}-count`} />
    </div>
  );
}

/** From where it begins to matter; before that a figure would only disturb. */
function Counter({ text, id }: { text: string; id: string }) {
  const length = lengthOf(clean(text));
  const over = length - LIMIT;
  return (
    <p class="field__help count" id={id} data-over={over > 0}>
      {length >= COUNT_FROM && over <= 0 && t("%(length)s of %(limit)s characters", { length, limit: LIMIT })}
      {over > 0 && t("%(over)s characters too long", { over })}
    </p>
  );
}

/** What must be mended before a text can be sent; null when nothing must. */
export function fault(text: string): string | null {
  const length = lengthOf(text);
  if (!text) return t("Write something first.");
  if (hasControls(text)) {
    return t("The text has invisible control characters that cannot be kept. Type it again instead of pasting it.");
  }
  if (length <= LIMIT) return null;
  return t("The note is %(over)s characters too long. Shorten it, or make it two notes.", { over: length - LIMIT });
}

export function unkept(): string {
  return t("The phone could not keep the note. The text is still here; try again.");
}
