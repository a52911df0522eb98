/** The box that a line is written in, how it will be read, and where it is: with the server, or here. */

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { Tool } from "../controls";
import { Field } from "../field";
import { LONGEST } from "./draft";
import { LineState } from "./line_state";
import { LineText } from "./line_text";
import { useManuscript } from "./manuscript";
import type { Row } from "./rows";

// Long enough to be read while one writes; the box grows with its words.
const LETTERS_A_ROW = 64;

export function LineEditor({ row, onDone }: { row: Row; onDone: () => void }): JSX.Element {
  const manuscript = useManuscript();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const box = field.current!;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }, []);
  const write = (text: string) => manuscript.pens.write(row.id, { text: oneParagraph(text) });
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    const stars = command ? { b: "**", i: "*" }[event.key] : undefined;
    if (stars) write(starred(field.current!, stars));
    else if (event.key === "Escape" || (event.key === "Enter" && !command)) onDone();
    else if (event.key === "Enter") manuscript.begin(row);
    else return;
    event.preventDefault();
  };
  return (
    <div class="line__editor stack" data-gap="tight">
      <Field
        label={t("The line's text")}
        help={t("Enter: done. Ctrl and Enter: done, and a new line. Write *emphasis* and **strong** with stars.")}
        rows={Math.min(14, Math.max(3, Math.ceil(row.text.length / LETTERS_A_ROW) + 1))}
        longest={LONGEST}
        size="md"
        control={field}
        value={row.text}
        onValue={write}
        onKeyDown={onKey}
      />
      {row.text.trim() && (
        <p class="line__preview note__text">
          <span class="visually-hidden">{t("As it will be read:")} </span>
          <LineText text={row.text} notes={row.notes} />
        </p>
      )}
      <div class="cluster">
        <Tool variant="primary" onPress={onDone}>
          {t("Finish the line")}
        </Tool>
        <Tool class="line__to-sources" onPress={() => (manuscript.place.value = "sources")}>
          {t("Pick sources")}
        </Tool>
        {!row.line && (
          <Tool variant="tertiary" onPress={() => manuscript.drop(row.id)}>
            {t("Throw away")}
          </Tool>
        )}
        <LineState row={row} />
      </div>
    </div>
  );
}

/** A line is one paragraph: what is pasted in several becomes one. */
function oneParagraph(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}

/** The text with stars around what is selected, and the same still selected. */
function starred(box: HTMLTextAreaElement, stars: string): string {
  const { selectionStart: start, selectionEnd: end } = box;
  box.setRangeText(stars + box.value.slice(start, end) + stars, start, end, "end");
  box.setSelectionRange(start + stars.length, end + stars.length);
  return box.value;
}
