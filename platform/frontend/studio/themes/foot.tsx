/** What one can do with what is selected, and what one should know: an offer, a race, what waits, a refusal. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { useBench } from "./bench";
import { isStuck } from "./deeds";
import { approve } from "./finish";
import { sideWords } from "./said";
import { SIDES } from "./sorting";
import { stack } from "./stacks";

// Of what is offered: more would hide the notes themselves.
const SHOWN = 3;

export function Foot(): JSX.Element {
  const bench = useBench();
  const { said } = bench;
  return (
    <div class="foot">
      <p class="visually-hidden" role="status">
        <span key={said.value}>{said.value.words}</span>
      </p>
      <div role="status" class="foot__news">
        <Stuck />
        <Overtaken />
        <Offered />
      </div>
      {bench.deeds.refusal.value && (
        <div class="refusal" role="alert">
          <p>{bench.deeds.refusal.value}</p>
          <Tool onPress={() => (bench.deeds.refusal.value = null)}>{t("Put away")}</Tool>
        </div>
      )}
      <Selection />
    </div>
  );
}

function Stuck(): JSX.Element | null {
  const { deeds } = useBench();
  const stuck = deeds.open.value.filter(isStuck);
  useWarning(stuck.length > 0);
  if (!stuck.length) return null;
  return (
    <News tone="waits">
      <p>
        {tn("%(n)s change waits for the server. It is kept here.", "%(n)s changes wait for the server. They are kept here.", stuck.length)}
      </p>
      <Tool onPress={() => deeds.again()}>{t("Try again")}</Tool>
    </News>
  );
}

/** The browser asks before it leaves a page that keeps something. */
function useWarning(keeps: boolean): void {
  useEffect(() => {
    const warn = (event: Event) => event.preventDefault();
    if (keeps) addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [keeps]);
}

/** Somebody else changed what one had just changed. */
function Overtaken(): JSX.Element | null {
  const bench = useBench();
  const action = bench.overtaken.value.at(-1);
  if (!action) return null;
  return (
    <News>
      <p dir="auto">
        {bench.tell(action)} {t("You had just changed the same thing.")}
      </p>
      {!action.undone_by && <Tool onPress={() => bench.takeBack([action.id], t("Taken back."))}>{t("Undo")}</Tool>}
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

function News({ tone, children }: { tone?: "waits"; children: ComponentChildren }): JSX.Element {
  return (
    <div class="tray foot__bar" data-tone={tone ? undefined : "calm"}>
      {children}
    </div>
  );
}
