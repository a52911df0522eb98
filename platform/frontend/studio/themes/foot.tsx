/** What one can do with what is selected, and what one should know: an offer, a race, what waits, a refusal. */

import type { JSX } from "preact";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { News, Refusal, Said, Stuck } from "../log/news";
import { useBench } from "./bench";
import { approve } from "./finish";
import { sideWords } from "./said";
import { SIDES } from "./sorting";
import { stack } from "./stacks";

// Of what is offered: more would hide the notes themselves.
const SHOWN = 3;

export function Foot(): JSX.Element {
  const { past } = useBench();
  return (
    <div class="foot">
      <Said past={past} />
      <div role="status" class="foot__news">
        <Stuck past={past} />
        <Overtaken />
        <Offered />
      </div>
      <Refusal past={past} />
      <Selection />
    </div>
  );
}

/** Somebody else changed what one had just changed. */
function Overtaken(): JSX.Element | null {
  const bench = useBench();
  const action = bench.overtaken.value.at(-1);
  if (!action) return null;
  return (
    <News>
      <p dir="auto">
        {bench.past.tell(action)} {t("You had just changed the same thing.")}
      </p>
      {!action.undone_by && <Tool onPress={() => bench.past.takeBack([action.id])}>{t("Undo")}</Tool>}
      <Tool onPress={() => (bench.overtaken.value = [])}>{t("Put away")}</Tool>
    </News>
  );
}

/** What belongs with what was just placed, to be read before one says yes. */
function Offered(): JSX.Element | null {
  const bench = useBench();
  const offer = bench.offers.now.value;
  if (!offer) return null;
  const texts = stack(offer.notes).map((card) => card.notes[0]!.text);
  const left = texts.length - SHOWN;
  return (
    <News>
      <p>{tn("%(n)s similar note: take it along too?", "%(n)s similar notes: take these along too?", offer.notes.length)}</p>
      <Tool hint="a" onPress={() => bench.takeOffered()}>
        {tn("Take it along", "Take these along", offer.notes.length)}
      </Tool>
      <Tool onPress={() => bench.offers.withdraw()}>{t("Put away")}</Tool>
      <ul class="foot__texts">
        {texts.slice(0, SHOWN).map((text) => (
          <li key={text} dir="auto">
            {text}
          </li>
        ))}
        {left > 0 && <li>{tn("and %(n)s more", "and %(n)s more", left)}</li>}
      </ul>
    </News>
  );
}

function Selection(): JSX.Element | null {
  const bench = useBench();
  const notes = bench.chosen();
  if (!notes.length) return null;
  return (
    <div class="foot__bar" role="toolbar" aria-label={t("The selected notes")}>
      <p class="count">{tn("%(n)s selected", "%(n)s selected", notes.length)}</p>
      <Tool variant="primary" onPress={() => (bench.dialog.value = { what: "move", notes })}>
        {t("Move to…")}
      </Tool>
      <Tool onPress={() => (bench.dialog.value = { what: "name", notes })}>{t("New theme")}</Tool>
      {SIDES.map((side) => (
        <Tool key={side} pressed={notes.every((note) => note.side === side)} onPress={() => bench.side(notes, side)}>
          {sideWords(side)}
        </Tool>
      ))}
      <Tool pressed={notes.every((note) => note.asks === "yes")} onPress={() => bench.ask(notes)}>
        {t("Needs an answer")}
      </Tool>
      <Tool onPress={() => approve(bench, notes)}>{t("They lie right")}</Tool>
      {stack(notes).length === 1 && (
        <Tool hint="w" onPress={() => (bench.dialog.value = { what: "similar", notes })}>
          {t("Show similar")}
        </Tool>
      )}
      {notes.length === 1 && <Tool onPress={() => (bench.dialog.value = { what: "second", notes })}>{t("Also in…")}</Tool>}
      <Tool onPress={() => (bench.selected.value = new Set())}>{t("Select none")}</Tool>
    </div>
  );
}
