/** The form in which a text that has been sent, or refused, is changed. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../shared/words";
import type { Evening } from "../evening";
import { clean } from "../text";
import { useGrowing } from "./hooks";
import { fault, NoteField, unkept } from "./note_field";

interface Props {
  evening: Evening;
  /** Where the unfinished change is kept. */
  draft: string;
  /** The text as it is. */
  original: string;
  action: string;
  save(text: string): Promise<void>;
  close(): void;
}

export function Editor({ evening, draft, original, action, save, close }: Props) {
  const text = evening.drafts.get(draft) ?? original;
  const field = useGrowing(text);
  const problem = useSignal<string | null>(null);
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
      problem.value = unkept();
    }
  };
  return (
    <form class="stack" data-gap="tight" onSubmit={(event) => (event.preventDefault(), void submit())} noValidate>
      <NoteField
        id={`editor-${draft.replace("/", "-")}`}
        label={t("Change the note")}
        text={text}
        problem={problem.value}
        field={field}
        write={(written) => evening.drafts.set(draft, written)}
      />
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
