/** Voting with dots: where one lays them while it is open, and what came of it when it has closed. */

import { useEffect } from "preact/hooks";
import type { Choice, Voting } from "../../shared/wire";
import { t, tn } from "../../shared/words";
import type { Laid } from "../dots";
import type { Evening } from "../evening";

const MOST_PEOPLE = 99;

export function VotingPanel({ evening, voting }: { evening: Evening; voting: Voting }) {
  useEffect(() => evening.dots.confirm(voting), [voting]);
  return (
    <section class="stack phone__section voting" data-news={evening.isNews(voting) || undefined} aria-labelledby="voting">
      {voting.open ? <Open evening={evening} voting={voting} /> : <Closed evening={evening} voting={voting} />}
    </section>
  );
}

function Open({ evening, voting }: { evening: Evening; voting: Voting }) {
  const mine = voting.each === "person" || evening.scribe() === "me";
  const laid = evening.dots.laid(voting, mine);
  const choices = readable(evening, voting.choices);
  const have = voting.dots * (voting.each === "table" ? evening.people(voting) : 1);
  const left = have - choices.reduce((sum, { id }) => sum + (laid[id] ?? 0), 0);
  return (
    <>
      <h2 id="voting" tabIndex={-1} class="phone__heading">
        {voting.each === "person" ? t("Lay your dots") : t("Lay your table's dots")}
      </h2>
      {voting.each === "table" && <Table evening={evening} voting={voting} mine={mine} laid={have - left} />}
      <p class="voting__left" role="status">
        {tn("%(n)s dot left of %(have)s.", "%(n)s dots left of %(have)s.", Math.max(0, left), { have })}
      </p>
      <ul class="voting__choices" role="list">
        {choices.map(({ id, text }) => (
          <li key={id} class="voting__choice">
            <p class="voting__text" dir="auto">
              {text}
            </p>
            {mine ? (
              <Stepper
                label={text}
                value={laid[id] ?? 0}
                most={(laid[id] ?? 0) + Math.max(0, left)}
                set={(dots) => void evening.dots.lay(voting, id, dots)}
              />
            ) : (
              <p class="count">{tn("%(n)s dot", "%(n)s dots", laid[id] ?? 0)}</p>
            )}
          </li>
        ))}
      </ul>
      <p class="help">
        {voting.each === "person"
          ? t("Nobody sees where your dots lie. You can move them until the voting closes.")
          : t("You can move the dots until the voting closes.")}
      </p>
    </>
  );
}

interface TableProps {
  evening: Evening;
  voting: Voting;
  mine: boolean;
  /** How many dots the table has laid. */
  laid: number;
}

function Table({ evening, voting, mine, laid }: TableProps) {
  if (!mine) {
    return (
      <div class="stack" data-gap="tight">
        <p>{t("One phone lays the dots for all who sit at the table. Decide together.")}</p>
        <button
          class="ds-button phone__wide"
          data-variant="secondary"
          type="button"
          onClick={() => void evening.tell({ kind: "scribe.take", take_over: evening.scribe() === "other" })}
        >
          {t("Lay the dots on this phone")}
        </button>
      </div>
    );
  }
  const people = evening.people(voting);
  const least = Math.max(1, Math.ceil(laid / voting.dots));
  return (
    <div class="voting__choice">
      <p class="voting__text">
        {tn("You are %(n)s at the table. Count those without a phone too.", "You are %(n)s at the table. Count those without a phone too.", people)}
        {least > 1 && people <= least && <> {t("To be fewer, take dots back first.")}</>}
      </p>
      <Stepper
        label={t("People at the table")}
        value={people}
        least={least}
        most={MOST_PEOPLE}
        set={(count) => void evening.tell({ kind: "vote.people", voting: voting.id, people: count })}
      />
    </div>
  );
}

interface StepperProps {
  label: string;
  value: number;
  least?: number;
  most: number;
  set: (value: number) => void;
}

/** Its buttons stay where they are and keep the focus when there is no further to go. */
function Stepper({ label, value, least = 0, most, set }: StepperProps) {
  return (
    <div class="stepper" role="group" aria-label={label}>
      <button
        class="ds-button"
        data-variant="secondary"
        type="button"
        aria-label={t("One less: %(choice)s", { choice: label })}
        aria-disabled={value <= least}
        onClick={() => value > least && set(value - 1)}
      >
        −
      </button>
      <output class="stepper__value">{value}</output>
      <button
        class="ds-button"
        data-variant="secondary"
        type="button"
        aria-label={t("One more: %(choice)s", { choice: label })}
        aria-disabled={value >= most}
        onClick={() => value < most && set(value + 1)}
      >
        +
      </button>
    </div>
  );
}

function Closed({ evening, voting }: { evening: Evening; voting: Voting }) {
  const result = readable(evening, voting.result ?? []);
  const laid = voting.each === "person" ? evening.dots.laid(voting, true) : {};
  return (
    <>
      <h2 id="voting" tabIndex={-1} class="phone__heading">
        {t("The result of the voting")}
      </h2>
      <TooLate evening={evening} voting={voting} laid={laid} />
      <ol class="voting__choices" role="list">
        {result.map(({ id, text, dots }) => (
          <li key={id} class="voting__choice">
            <p class="voting__text" dir="auto">
              {text}
            </p>
            <p class="count">
              <strong>{tn("%(n)s dot", "%(n)s dots", dots)}</strong>
              {laid[id] ? <> · {t("yours: %(n)s", { n: laid[id] })}</> : null}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Dots laid without a connection that came when all had been counted. */
function TooLate({ evening, voting, laid }: { evening: Evening; voting: Voting; laid: Laid }) {
  const late = evening.dots.late(voting.id);
  if (!late.length) return null;
  const words = new Map(readable(evening, voting.choices).map(({ id, text }) => [id, text]));
  const last = new Map(late.map(({ target, dots }) => [target, dots]));
  return (
    <div class="tray" data-tone="failed">
      <p>{t("These dots came after the voting had closed, and are not counted:")}</p>
      <ul>
        {[...last].map(([target, dots]) => (
          <li key={target}>
            <span dir="auto">{words.get(target)}</span>: {dots}
            {laid[target] ? <> ({t("counted: %(n)s", { n: laid[target] })})</> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The choices with their words; a note that may not be read any more is left out. */
function readable<C extends Choice>(evening: Evening, choices: readonly C[]): C[] {
  return choices.flatMap((choice) => {
    const text = choice.text || evening.store.notes.value.get(choice.id)?.text;
    return text ? [{ ...choice, text }] : [];
  });
}
