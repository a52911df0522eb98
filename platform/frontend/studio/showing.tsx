/** What the projector shows: one of a few views, and what each means right now. */

import type { JSX } from "preact";
import type { ScreenView } from "../shared/wire";
import { t } from "../shared/words";
import { useAct } from "./act";
import { ActError } from "./controls";
import { useDesk, type Desk } from "./desk";
import { ThemeWalk, walkOrder } from "./theme_walk";

const VIEWS: readonly ScreenView[] = ["join", "question", "notes", "theme", "themes", "votes"];

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
        <div class="segments segments--several" role="group" aria-labelledby="screen-heading">
          {VIEWS.filter((view) => view === shown || hasSomething(desk, view)).map((view) => (
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
      {shown === "theme" && <ThemeWalk act={act} />}
      <ActError act={act} />
    </section>
  );
}

function viewWord(view: ScreenView): string {
  const words: Record<ScreenView, string> = {
    join: t("The way in"),
    question: t("The question"),
    notes: t("The notes"),
    theme: t("One theme"),
    themes: t("All themes"),
    votes: t("The dots"),
  };
  return words[view];
}

/** Themes and votings are offered once there are any. */
function hasSomething(desk: Desk, view: ScreenView): boolean {
  if (view === "theme" || view === "themes") return walkOrder(desk).length > 0;
  return view !== "votes" || desk.store.lastVoting() !== null;
}

function meaning(desk: Desk, view: ScreenView): string {
  if (view === "join") return t("The QR code, the code and how many have joined.");
  if (view === "theme") return t("One theme at a time: its name, its tables and a quotation.");
  if (view === "themes") return t("A picture of all themes and the tables behind them.");
  if (view === "votes") {
    return desk.store.lastVoting()?.open
      ? t("That a voting is under way. The result comes when it closes.")
      : t("The result of the last voting.");
  }
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
