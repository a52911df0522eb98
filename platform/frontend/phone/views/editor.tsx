/** The field in which a text that has been sent, or refused, is changed. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../shared/words";
import type { Evening } from "../evening";
import { clean } from "../text";
import { Counter, fault } from "./composer";
import { useGrowing } from "./hooks";

interface Props {
  evening: Evening;
  /** Where the unfinished change is kept. */
  draft: string;
  /** The text as it is. */
  original: string;
  label: string;
  action: string;
  save(text: string): Promise<void>;
  close(): void;
}

export function Editor({ evening, draft, original, label, action, save, close }: Props) {
  const text = evening.drafts.get(draft) ?? original;
  const field = useGrowing(text);
  const problem = useSignal<string | null>(null);
  const id = `editor-${draft.replace("/", "-")}`;
  useEffect(() => {
    evening.editing.value++;
    field.current?.focus();
    return () => void evening.editing.value--;
  }, []);
  const submit = async () => {
    problem.value = fault(clean(text));
    if (problem.value) return field.current?.focus();
    try {
      await save(text);
      close();
    } catch {
      problem.value = t("The phone could not keep the note. The text is still here; try again.");
    }
  };
  return (
    <form class="stack" data-gap="tight" onSubmit={(event) => (event.preventDefault(), void submit())} noValidate>
      <div class="ds-field field">
        <label class="ds-label" for={id}>
          {label}
        </label>
        {problem.value && (
          <p class="ds-validation-message" id={`${id}-problem`} role="alert">
            {problem.value}
          </p>
        )}
        <textarea
          ref={field}
          id={id}
          class="ds-input phone__field"
          dir="auto"
          rows={3}
          aria-describedby={`${id}-count${problem.value ? ` ${id}-problem` : ""}`}
          aria-invalid={problem.value ? "true" : undefined}
          value={text}
          onInput={(event) => evening.drafts.set(draft, event.currentTarget.value)}
        />
        <Counter text={text} id={`${id}-count`} />
      </div>
      <div class="cluster">
        <button class="ds-button" type="submit">
          {action}
        </button>
        <button class="ds-button" data-variant="tertiary" type="button" onClick={() => (evening.drop(draft), close())}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}
