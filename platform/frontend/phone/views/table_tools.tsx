/** What a table decides together: that it is done, and who writes for those who would rather talk. */

import { t } from "../../shared/words";
import type { Evening } from "../evening";

export function TableTools({ evening, open }: { evening: Evening; open: boolean }) {
  if (!evening.takesNotes.value) return null;
  return (
    <section class="stack phone__section" aria-labelledby="table-tools">
      <h2 id="table-tools" class="phone__heading">
        {t("Your table")}
      </h2>
      {open && <Done evening={evening} />}
      <Scribe evening={evening} />
    </section>
  );
}

function Done({ evening }: { evening: Evening }) {
  const done = evening.done();
  return (
    <div class="stack" data-gap="tight">
      <button
        class="ds-button phone__wide"
        data-variant="secondary"
        type="button"
        onClick={() => void evening.tell({ kind: "group.done", done: !done })}
      >
        {done ? t("We are not done after all") : t("We are done")}
      </button>
      <p class="help">
        {done
          ? t("The facilitator sees that your table is done. You can still write.")
          : t("Tells the facilitator that your table is ready for the next question.")}
      </p>
    </div>
  );
}

function Scribe({ evening }: { evening: Evening }) {
  const scribe = evening.scribe();
  return (
    <div class="stack" data-gap="tight">
      <button
        class="ds-button phone__wide"
        data-variant="secondary"
        type="button"
        onClick={() =>
          void evening.tell(scribe === "me" ? { kind: "scribe.leave" } : { kind: "scribe.take", take_over: scribe === "other" })
        }
      >
        {scribe === "me" && t("Stop being the scribe")}
        {scribe === "other" && t("Take over as scribe")}
        {scribe === null && t("Be the table's scribe")}
      </button>
      <p class="help">
        {scribe === "me" && t("You write what others say aloud. Everybody at the table can still write for themselves.")}
        {scribe === "other" && t("Another phone at the table writes what is said aloud.")}
        {scribe === null && t("The scribe writes for those who would rather say their notes aloud.")}
      </p>
    </div>
  );
}

/** Every question that has been opened: a closed one still takes late notes. */
export function Questions({ evening }: { evening: Evening }) {
  const reached = evening.reached.value;
  if (reached.length < 2) return null;
  return (
    <nav class="stack phone__section" data-gap="tight" aria-labelledby="questions">
      <h2 id="questions" class="phone__heading">
        {t("The questions so far")}
      </h2>
      <ol class="stack" data-gap="tight" role="list">
        {reached.map(({ question, round, number }) => (
          <li key={question.id}>
            <button
              class="choice"
              type="button"
              aria-current={question.id === evening.shown.value ? "true" : undefined}
              onClick={() => evening.look(question.id)}
            >
              <span class="stack phone__choice">
                <span class="help count">
                  {t("Question %(number)s", { number })} · {round.state === "open" ? t("open") : t("closed")}
                  {evening.drafts.get(question.id)?.trim() && <> · {t("begun note")}</>}
                </span>
                <span dir="auto">{question.prompt}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
