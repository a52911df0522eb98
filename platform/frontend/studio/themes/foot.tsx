/** What one can do with what is selected, and what one should know: an offer, a race, what waits, a refusal. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t, tn } from "../../shared/words";
import { useBench } from "./bench";
import { isStuck } from "./deeds";
import { sideWords } from "./said";
import { SIDES } from "./sorting";

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
          <Tool words={t("Put away")} onPress={() => (bench.deeds.refusal.value = null)} />
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
      <Tool words={t("Try again")} onPress={() => deeds.again()} />
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
      {!action.undone_by && <Tool words={t("Undo")} onPress={() => bench.takeBack(action.id, t("Taken back."))} />}
      <Tool words={t("Put away")} onPress={() => (bench.overtaken.value = [])} />
    </News>
  );
}

function Offered(): JSX.Element | null {
  const bench = useBench();
  const offer = bench.offer.value;
  if (!offer) return null;
  return (
    <News>
      <p dir="auto">
        {tn(
          "%(n)s note with the same words lies elsewhere: “%(text)s”",
          "%(n)s notes with the same words lie elsewhere: “%(text)s”",
          offer.notes.length,
          { text: offer.notes[0]!.text },
        )}
      </p>
      <Tool
        words={tn("Take it along", "Take these along", offer.notes.length)}
        hint="a"
        onPress={() => bench.takeOffered()}
      />
      <Tool words={t("Put away")} onPress={() => (bench.offer.value = null)} />
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
      <button
        type="button"
        class="ds-button"
        data-size="sm"
        onClick={() => (bench.dialog.value = { what: "move", notes })}
      >
        {t("Move to…")}
      </button>
      <Tool words={t("New theme")} onPress={() => (bench.dialog.value = { what: "name", notes })} />
      {SIDES.map((side) => (
        <Tool
          key={side}
          words={sideWords(side)}
          pressed={notes.every((note) => note.side === side)}
          onPress={() => bench.side(notes, side)}
        />
      ))}
      <Tool
        words={t("Needs an answer")}
        pressed={notes.every((note) => note.asks === "yes")}
        onPress={() => bench.ask(notes)}
      />
      {notes.length === 1 && <Tool words={t("Also in…")} onPress={() => (bench.dialog.value = { what: "second", notes })} />}
      <Tool words={t("Select none")} onPress={() => (bench.selected.value = new Set())} />
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

interface ToolProps {
  words: string;
  /** The key that does the same. */
  hint?: string;
  pressed?: boolean;
  onPress: () => void;
}

function Tool({ words, hint, pressed, onPress }: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class="ds-button"
      data-size="sm"
      data-variant={pressed ? undefined : "secondary"}
      aria-pressed={pressed}
      aria-keyshortcuts={hint}
      onClick={onPress}
    >
      {words}
    </button>
  );
}
