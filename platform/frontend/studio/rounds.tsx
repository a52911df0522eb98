/** The questions of the evening, in order: which is open, for how long, and whether its notes are shared. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Question, Round } from "../shared/wire";
import { clockTime, t, tn } from "../shared/words";
import { useAct } from "./act";
import { ActError, Press } from "./controls";
import { useDesk, type Change, type Desk, type Undo } from "./desk";
import { Share } from "./share";
import { minutesLeft } from "./time";
import { Timer } from "./timer";

export function Rounds(): JSX.Element {
  const desk = useDesk();
  const questions = desk.store.questions.value;
  const counts = useCounts(desk);
  return (
    <section class="stack" aria-labelledby="rounds-heading">
      <h2 id="rounds-heading" tabIndex={-1}>
        {t("Questions")}
      </h2>
      {desk.may("run") && <Hindrance desk={desk} />}
      {questions.length === 0 && <p class="help">{t("This workshop has no questions.")}</p>}
      <ol class="rounds" role="list">
        {questions.map((question, index) => (
          <RoundCard key={question.id} question={question} number={index + 1} notes={counts.get(question.id) ?? 0} />
        ))}
      </ol>
    </section>
  );
}

/** Why no question can be opened right now. */
function Hindrance({ desk }: { desk: Desk }): JSX.Element | null {
  const state = desk.store.workshop.value?.state;
  if (state === "draft") return <p class="help">{t("Open the workshop first. Then you can open a question.")}</p>;
  if (state === "closed") return <p class="help">{t("The workshop is closed. Open it again to open a question.")}</p>;
  return null;
}

function useCounts(desk: Desk): ReadonlyMap<string | null, number> {
  const notes = desk.store.notes.value;
  return useMemo(() => {
    const counts = new Map<string | null, number>();
    for (const note of notes.values()) {
      if (!note.gone && !note.hidden) counts.set(note.question, (counts.get(note.question) ?? 0) + 1);
    }
    return counts;
  }, [notes]);
}

interface CardProps {
  question: Question;
  number: number;
  notes: number;
}

function RoundCard({ question, number, notes }: CardProps): JSX.Element {
  const desk = useDesk();
  const act = useAct();
  const round = desk.round(question.id);
  const open = round.state === "open";
  const mayTurn = desk.may("run") && (open || desk.store.workshop.value?.state === "open");
  const turn = open ? closing(desk, question, round, number) : opening(desk, question, number);
  return (
    <li class="round" data-state={round.state} data-question={number} tabIndex={-1}>
      <div class="round__head">
        <h3 dir="auto">
          <span class="round__number">{number}.</span> {question.prompt}
        </h3>
        {mayTurn && (
          <Press
            act={act}
            variant={round.state === "closed" ? "tertiary" : "secondary"}
            label={turnLabel(round, number)}
            onPress={() => void act.run(turn.changes, turn.undo)}
          >
            {open ? t("Close") : round.state === "closed" ? t("Open again") : t("Open")}
          </Press>
        )}
      </div>
      <p class="round__facts">
        <span class="status-line" data-state={open ? "ok" : undefined}>
          {roundWords(round)}
        </span>
        <span class="count">{tn("%(n)s note", "%(n)s notes", notes)}</span>
      </p>
      <ActError act={act} />
      {open && <Timer question={question.id} round={round} />}
      {round.state !== "waiting" && <Share question={question.id} round={round} number={number} />}
    </li>
  );
}

function roundWords(round: Round): string {
  if (round.state === "open") {
    return round.opened_at ? t("Open since %(time)s", { time: clockTime(round.opened_at) }) : t("Open now");
  }
  if (round.state === "closed") {
    return round.closed_at ? t("Closed at %(time)s", { time: clockTime(round.closed_at) }) : t("Closed");
  }
  return t("Not opened yet");
}

function turnLabel(round: Round, number: number): string {
  if (round.state === "open") return t("Close question %(number)s", { number });
  if (round.state === "closed") return t("Open question %(number)s again", { number });
  return t("Open question %(number)s", { number });
}

interface Turn {
  changes: Change[];
  undo: Undo;
}

/** Opening one question softly closes the other; taking it back opens that one with the time it had. */
function opening(desk: Desk, question: Question, number: number): Turn {
  const before = desk.open();
  const back: Change[] = [{ kind: "round.close", question: question.id }];
  if (before) {
    const left = minutesLeft(before.round.ends_at, desk.store.skew.value);
    back.push({ kind: "round.open", question: before.question.id, ...left });
  } else if (desk.store.workshop.value?.screen === "join") {
    back.push({ kind: "screen.show", view: "join" });
  }
  return {
    changes: [{ kind: "round.open", question: question.id }],
    undo: { text: t("Question %(number)s is open.", { number }), changes: back },
  };
}

function closing(desk: Desk, question: Question, round: Round, number: number): Turn {
  const left = minutesLeft(round.ends_at, desk.store.skew.value);
  return {
    changes: [{ kind: "round.close", question: question.id }],
    undo: {
      text: t("Question %(number)s is closed. Late notes are kept.", { number }),
      changes: [{ kind: "round.open", question: question.id, ...left }],
    },
  };
}
