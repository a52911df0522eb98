/** What the projector shows: one of three views, and what each means right now. */

import type { JSX } from "preact";
import type { ScreenView } from "../shared/wire";
import { t } from "../shared/words";
import { useAct } from "./act";
import { ActError } from "./controls";
import { useDesk, type Desk } from "./desk";

const VIEWS: readonly ScreenView[] = ["join", "question", "notes"];

export function Showing(): JSX.Element {
  const desk = useDesk();
  const act = useAct();
  const shown = desk.store.workshop.value?.screen ?? "join";
  return (
    <section class="stack" data-gap="tight" aria-labelledby="screen-heading">
      <h2 id="screen-heading" tabIndex={-1}>
        {t("On the screen")}
      </h2>
      {desk.may("run") ? (
        <div class="segments" role="group" aria-labelledby="screen-heading">
          {VIEWS.map((view) => (
            <button
              key={view}
              type="button"
              class="segment"
              aria-pressed={view === shown}
              aria-busy={act.pending.value}
              onClick={() => view === shown || void act.run([{ kind: "screen.show", view }])}
            >
              {viewWord(view)}
            </button>
          ))}
        </div>
      ) : (
        <p>
          <strong>{viewWord(shown)}</strong>
        </p>
      )}
      <p class="help">{meaning(desk, shown)}</p>
      <ActError act={act} />
    </section>
  );
}

function viewWord(view: ScreenView): string {
  return { join: t("The way in"), question: t("The question"), notes: t("The notes") }[view];
}

function meaning(desk: Desk, view: ScreenView): string {
  if (view === "join") return t("The QR code, the code and how many have joined.");
  const open = desk.open();
  if (view === "question") {
    return open
      ? t("The open question, its time and the count a table.")
      : t("No question is open. The screen says so.");
  }
  const shared = desk.store.questions.value.some((question) => desk.round(question.id).shared);
  return shared
    ? t("The shared notes, a page at a time.")
    : t("No notes are shared yet. Share a question's notes first.");
}
