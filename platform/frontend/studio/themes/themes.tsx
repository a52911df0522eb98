/** Sorting notes into themes: what is at hand, the themes, and what has been done. A list first; drag is the extra. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { Places } from "../places";
import { BenchContext, useBench, type Bench, type Place } from "./bench";
import { Dialogs } from "./dialogs";
import { makeDraggable } from "./drag";
import { keepFocus } from "./focus";
import { Foot } from "./foot";
import { AtHand } from "./hand";
import { Heaps } from "./heaps";
import { Log } from "./log";
import { Races } from "./races";

interface ThemesProps {
  bench: Bench;
  /** What is said when the server no longer lets one in. */
  refused: ComponentChildren;
}

export function Themes({ bench, refused }: ThemesProps): JSX.Element {
  const places: [Place, string][] = [
    ["hand", t("At hand")],
    ["themes", t("Themes")],
    ["log", t("Log")],
  ];
  return (
    <BenchContext.Provider value={bench}>
      <Places place={bench.place} places={places} />
      <Columns refused={refused} />
      <Dialogs />
    </BenchContext.Provider>
  );
}

function Columns({ refused }: { refused: ComponentChildren }): JSX.Element {
  const bench = useBench();
  const root = useRef<HTMLElement>(null);
  useRaces();
  useEffect(() => {
    // What is there when one first comes is not news.
    if (bench.seen.peek() < 0) bench.markSeen();

    const stops = [keepFocus(root.current!), makeDraggable(root.current!, bench)];
    return () => stops.forEach((stop) => stop());
  }, [bench]);
  return (
    <main ref={root} class="sorting">
      <div class="columns" data-view="themes" data-place={bench.place.value}>
        <AtHand />
        <Heaps />
        <Log />
      </div>
      {refused}
      <Foot />
    </main>
  );
}

/** Tells when somebody else changes what one has just changed. */
function useRaces(): void {
  const bench = useBench();
  const races = useRef(new Races());
  const log = bench.past.log();
  useEffect(() => {
    const news = races.current.take(log, bench.desk.me);
    if (news.length) bench.overtaken.value = [...bench.overtaken.peek(), ...news];
  }, [log]);
}
