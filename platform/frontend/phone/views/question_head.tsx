/** The question: its place in the evening, its words, and the time that is left. */

import type { RefObject } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { secondsLeft } from "../../shared/clock";
import type { Question, Round } from "../../shared/wire";
import { t, tn } from "../../shared/words";
import type { Evening } from "../evening";

interface Props {
  evening: Evening;
  question: Question;
  round: Round;
  number: number;
  heading: RefObject<HTMLHeadingElement | null>;
}

const EASY = "easy";

export function QuestionHead({ evening, question, round, number, heading }: Props) {
  const easy = useEasy(evening);
  const inPlainWords = easy.value && question.easy;
  const total = evening.store.questions.value.length;
  return (
    <div class="stack" data-gap="tight">
      <div class="toolbar">
        <p class="help count">{t("Question %(number)s of %(total)s", { number, total })}</p>
        <div class="toolbar__end">
          <TimeLeft evening={evening} round={round} />
        </div>
      </div>
      <h1 ref={heading} tabIndex={-1} class="phone__question" dir="auto">
        {inPlainWords ? question.easy : question.prompt}
      </h1>
      {question.help && !inPlainWords && (
        <p class="phone__help" dir="auto">
          {question.help}
        </p>
      )}
      {question.easy && (
        <button
          class="ds-button phone__easy"
          data-variant="tertiary"
          type="button"
          aria-pressed={easy.value}
          onClick={() => easy.toggle()}
        >
          {t("Easy to read")}
        </button>
      )}
      <Closed round={round} evening={evening} />
    </div>
  );
}

/** Whether this person wants the easy texts; remembered on the phone. */
function useEasy(evening: Evening) {
  const easy = useSignal(false);
  useEffect(() => {
    void evening.shelf.get(EASY).then((kept) => (easy.value = kept === true));
  }, []);
  return {
    value: easy.value,
    toggle: () => {
      easy.value = !easy.value;
      void evening.shelf.change([[EASY, easy.value || undefined]]);
    },
  };
}

/** Never a clock that counts seconds: it stops nobody, so it need not chase anybody. */
function TimeLeft({ evening, round }: { evening: Evening; round: Round }) {
  const left = round.state === "open" ? secondsLeft(round.ends_at, evening.store) : null;
  if (left === null) return null;
  return <p class="help count">{timeLeft(left)}</p>;
}

export function timeLeft(seconds: number): string {
  if (seconds <= 0) return t("Time is up. Finish in your own time.");
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? t("Less than a minute left") : tn("%(n)s minute left", "%(n)s minutes left", minutes);
}

function Closed({ round, evening }: { round: Round; evening: Evening }) {
  if (!evening.takesNotes.value) {
    return <p class="tray" data-tone="calm">{t("The workshop is closed. The secretary is compiling what you wrote.")}</p>;
  }
  if (round.state !== "closed") return null;
  return (
    <p class="tray" data-tone="calm">
      {t("The question is closed. You can still send a note; it is marked as late.")}
    </p>
  );
}
