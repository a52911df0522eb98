/** What is at hand: notes that are not placed, have come in, lie uncertainly, or ask for an answer. */

import type { JSX } from "preact";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { Filters } from "../filters";
import { select } from "../wall_model";
import { useBench } from "./bench";
import { laidOut, NoteRow } from "./card";
import { approve } from "./finish";
import { atHand, type Hand } from "./sorting";
import { stack } from "./stacks";

export function AtHand(): JSX.Element {
  const bench = useBench();
  const shown = bench.hand.value;
  const lists = atHand(bench.notes.value, bench.sorting.value.unplaced, bench.seen.value);
  const notes = select(lists[shown], bench.filter.value, bench.desk.store.questions.value);
  const undecided = notes.filter((note) => !note.by_person);
  const cards = laidOut(stack(notes), bench.opened.value);
  return (
    <section class="column" data-column="hand" data-list="hand" data-drop="" aria-labelledby="hand-heading">
      <h2 id="hand-heading" tabIndex={-1} data-heading>
        {t("At hand")}
      </h2>
      <div class="segments hands" role="group" aria-label={t("At hand")}>
        {hands().map(({ hand, words }) => (
          <button
            key={hand}
            type="button"
            class="segment"
            aria-pressed={shown === hand}
            onClick={() => (bench.hand.value = hand)}
          >
            {words} <span class="count">{lists[hand].length}</span>
          </button>
        ))}
      </div>
      <details class="fold">
        <summary>{t("Filter")}</summary>
        <Filters filter={bench.filter} shown={notes.length} />
      </details>
      {shown === "new" && notes.length > 0 && (
        <Tool class="hands__seen" onPress={() => bench.markSeen()}>
          {t("I have seen them")}
        </Tool>
      )}
      {shown === "unplaced" && undecided.length > 0 && (
        <Tool class="hands__seen" onPress={() => approve(bench, undecided)}>
          {tn("Leave it unplaced", "Leave all %(n)s unplaced", undecided.length)}
        </Tool>
      )}
      {cards.length === 0 && <p class="empty">{emptyWords(shown, bench.notes.value.length, lists[shown].length)}</p>}
      <ul class="rows" role="list">
        {cards.map((card) => (
          <NoteRow key={card.key} card={card} showTheme={shown !== "unplaced"} />
        ))}
      </ul>
    </section>
  );
}

function hands(): { hand: Hand; words: string }[] {
  return [
    { hand: "unplaced", words: t("Not placed") },
    { hand: "new", words: t("New") },
    { hand: "unsure", words: t("Uncertain") },
    { hand: "asks", words: t("Questions") },
  ];
}

function emptyWords(hand: Hand, all: number, listed: number): string {
  if (listed) return t("No note fits this choice.");
  if (!all) return t("No notes yet. They appear here as they come in.");
  return {
    unplaced: t("Every note has its place."),
    new: t("No notes since you last looked."),
    unsure: t("No note lies uncertainly."),
    asks: t("No note asks for an answer."),
  }[hand];
}
