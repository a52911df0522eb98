/** The open question, as large as the hall needs; its time; and how much each table has written. */

import type { JSX } from "preact";
import { secondsLeft } from "../shared/clock";
import type { Store } from "../shared/store";
import type { Group, Question, Round, Workshop } from "../shared/wire";
import { t, tn } from "../shared/words";
import { Corner } from "./corner";
import { Counts } from "./counts";

interface OpenQuestionProps {
  store: Store;
  workshop: Workshop;
  address: string;
}

export function OpenQuestion({ store, workshop, address }: OpenQuestionProps): JSX.Element {
  const open = openRound(store);
  const groups = [...store.groups.value.values()];
  const written = (group: Group) => (open && group.by_question?.[open.question.id]) ?? 0;
  const counts = groups.map((group) => ({ table: group.number, count: written(group) }));
  const notes = counts.reduce((sum, { count }) => sum + count, 0);
  return (
    <main class="board board--question">
      <Corner address={address} code={workshop.code} />
      {open ? (
        <>
          <div class="board__middle">
            <h1 class="prompt" dir="auto" data-length={lengthOf(open.question.prompt)}>
              {open.question.prompt}
            </h1>
            <TimeLeft store={store} endsAt={open.round.ends_at} />
          </div>
          <Counts
            heading={tn("%(n)s note so far", "%(n)s notes so far", notes)}
            counts={counts}
          />
        </>
      ) : (
        <div class="board__middle">
          <h1 class="prompt" data-length="short">
            {t("A short pause")}
          </h1>
          <p class="board__line">{t("No question is open right now.")}</p>
        </div>
      )}
    </main>
  );
}

function openRound(store: Store): { question: Question; round: Round } | null {
  for (const question of store.questions.value) {
    const round = store.rounds.value.get(question.id);
    if (round?.state === "open") return { question, round };
  }
  return null;
}

/** Whole minutes: ticking seconds across a hall hurry people. Ticks by itself. */
function TimeLeft({ store, endsAt }: { store: Store; endsAt: string | null }): JSX.Element | null {
  const seconds = secondsLeft(endsAt, store);
  if (seconds === null) return null;
  return <p class="board__time">{timeWords(seconds)}</p>;
}

function timeWords(seconds: number): string {
  if (seconds === 0) return t("The time is up. Finish your sentence.");
  if (seconds < 60) return t("Less than a minute left");
  const minutes = Math.ceil(seconds / 60);
  return tn("%(n)s minute left", "%(n)s minutes left", minutes);
}

/** Long prompts are set smaller, never below what can be read at 15 metres. */
export function lengthOf(prompt: string): "short" | "middle" | "long" | "endless" {
  if (prompt.length <= 60) return "short";
  if (prompt.length <= 140) return "middle";
  return prompt.length <= 300 ? "long" : "endless";
}
