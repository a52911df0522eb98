/** The open question's time. It tells the tables when to round off, and never stops anyone from writing. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { secondsLeft } from "../shared/clock";
import type { Round } from "../shared/wire";
import { t } from "../shared/words";
import { useAct, type Act } from "./act";
import { ActError, Press } from "./controls";
import { useDesk } from "./desk";
import { countdown, minutesLeft } from "./time";

const STEPS = [1, 3, 5];
const MOST = 240;

interface TimerProps {
  question: string;
  round: Round;
}

export function Timer({ question, round }: TimerProps): JSX.Element {
  const desk = useDesk();
  const act = useAct();
  return (
    <div class="stack timer" data-gap="tight" role="group" aria-label={t("Time for the question")}>
      <div class="cluster">
        <TimeLeft endsAt={round.ends_at} />
        {desk.may("run") &&
          STEPS.map((minutes) => (
            <Press
              key={minutes}
              act={act}
              variant="secondary"
              label={t("+%(n)s min", { n: minutes })}
              onPress={() => void act.run([{ kind: "round.timer", question, minutes }])}
            >
              +{minutes}
            </Press>
          ))}
      </div>
      {desk.may("run") && (
        <>
          <div class="cluster">
            <OtherTime act={act} question={question} />
            {round.ends_at && (
              <Press
                act={act}
                variant="tertiary"
                onPress={() => void remove(act, question, round, desk.store.skew.value)}
              >
                {t("Remove the time")}
              </Press>
            )}
          </div>
          <ActError act={act} />
        </>
      )}
    </div>
  );
}

function remove(act: Act, question: string, round: Round, skew: number): Promise<boolean> {
  const { minutes } = minutesLeft(round.ends_at, skew);
  const undo = minutes
    ? { text: t("The time is removed."), changes: [{ kind: "round.timer", question, minutes } as const] }
    : null;
  return act.run([{ kind: "round.timer", question, minutes: null }], undo);
}

/** Ticks by itself, so that the rest of the studio does not have to. */
function TimeLeft({ endsAt }: { endsAt: string | null }): JSX.Element {
  const { store } = useDesk();
  const seconds = secondsLeft(endsAt, store);
  if (seconds === null) return <p class="help">{t("No time is set.")}</p>;
  if (seconds === 0) return <p class="time-up">{t("The time is up. The tables may finish writing.")}</p>;
  return (
    <p class="time-left">
      <span class="figure" role="timer">
        {countdown(seconds)}
      </span>{" "}
      {t("left")}
    </p>
  );
}

/** Minutes of one's own choice, folded away until asked for. */
function OtherTime({ act, question }: { act: Act; question: string }): JSX.Element {
  const id = useId();
  const minutes = useSignal("");
  const add = async (event: Event) => {
    event.preventDefault();
    const number = Number(minutes.value);
    if (await act.run([{ kind: "round.timer", question, minutes: number }])) minutes.value = "";
  };
  return (
    <details class="fold">
      <summary>{t("Another time")}</summary>
      <form class="row-form" onSubmit={(event) => void add(event)}>
        <div class="ds-field field">
          <label class="ds-label" for={id}>
            {t("Minutes to add")}
          </label>
          <input
            id={id}
            class="ds-input"
            data-size="sm"
            type="number"
            inputMode="numeric"
            min={1}
            max={MOST}
            step={1}
            required
            value={minutes.value}
            onInput={(event) => (minutes.value = event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="ds-button" data-size="sm" data-variant="secondary" aria-busy={act.pending.value}>
          {t("Add")}
        </button>
      </form>
    </details>
  );
}
