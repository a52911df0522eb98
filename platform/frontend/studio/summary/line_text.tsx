/** A line as it will be read in the document: its words, and the marks of its sources. */

import type { JSX } from "preact";
import { t } from "../../shared/words";
import type { Words } from "./draft";
import { spansOf } from "./emphasis";
import { useManuscript } from "./manuscript";

export function LineText({ text, notes }: Words): JSX.Element {
  return (
    <>
      <span dir="auto">
        {spansOf(text).map((span, index) => {
          const words = span.em ? <em>{span.text}</em> : span.text;
          return span.strong ? <strong key={index}>{words}</strong> : <span key={index}>{words}</span>;
        })}
      </span>
      <Sources notes={notes} />
    </>
  );
}

/** The marks of those that are there; a source that has gone is told in words beside the line. */
function Sources({ notes }: { notes: readonly string[] }): JSX.Element | null {
  const { byId, marks } = useManuscript();
  const there = notes.filter((id) => byId.value.has(id));
  if (!there.length) return null;
  return (
    <span class="line__sources">
      {" "}
      <span class="visually-hidden">{t("Sources:")} </span>[{there.map((id) => marks.value.get(id)).join(", ")}]
    </span>
  );
}
