/** Lines to begin with, made of what people wrote and nothing else; one takes what fits, and writes on. */

import type { JSX } from "preact";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { LineText } from "./line_text";
import { useManuscript } from "./manuscript";

export function Offered(): JSX.Element | null {
  const manuscript = useManuscript();
  const offered = manuscript.offered.value;
  if (!offered || offered.section !== manuscript.section.value.key || manuscript.closed) return null;
  const drafts = offered.drafts ?? [];
  const words = () => {
    if (!offered.drafts) return t("The server does not answer. Try again when the connection is back.");
    if (!drafts.length) return t("There is nothing to build a suggestion on here.");
    return tn("%(n)s suggestion", "%(n)s suggestions", drafts.length);
  };
  return (
    <section class="stack offered" data-gap="tight" data-list="offered" aria-labelledby="offered-heading">
      <div class="toolbar">
        <h3 id="offered-heading" tabIndex={-1} data-heading>
          <span role="status">{words()}</span>
        </h3>
        <Tool class="toolbar__end" variant="tertiary" onPress={() => (manuscript.offered.value = null)}>
          {t("Put away")}
        </Tool>
      </div>
      {drafts.length > 0 && <p class="help">{t("Made of the notes' own words. Take one and write on.")}</p>}
      <ul class="rows" role="list">
        {drafts.map((draft, index) => (
          <li key={draft.text} class="row offered__row" tabIndex={-1} data-entry={`draft-${index}`}>
            <p class="note__text">
              <LineText {...draft} />
            </p>
            <Tool label={t("Use suggestion %(number)s", { number: index + 1 })} onPress={() => manuscript.take(draft)}>
              {t("Use")}
            </Tool>
          </li>
        ))}
      </ul>
    </section>
  );
}
