/** Writing the summary: its parts, the lines of one of them, and the notes that they are built on. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { News, Refusal, Said, Stuck, useWarning } from "../log/news";
import { Places } from "../places";
import { keepFocus } from "../themes/focus";
import { Contents } from "./contents";
import { Dialogs } from "./dialogs";
import { Lines } from "./lines";
import { ManuscriptContext, useManuscript, type Manuscript, type Place } from "./manuscript";
import { isUnsaved } from "./pens";
import { Sources } from "./sources";

interface SummaryProps {
  manuscript: Manuscript;
  /** What is said when the server no longer lets one in. */
  refused: ComponentChildren;
}

export function Summary({ manuscript, refused }: SummaryProps): JSX.Element {
  const places: [Place, string][] = [
    ["outline", t("Contents")],
    ["lines", t("Lines")],
    ["sources", t("Sources")],
  ];
  return (
    <ManuscriptContext.Provider value={manuscript}>
      <Places place={manuscript.place} places={places} />
      <Columns refused={refused} />
      <Dialogs />
    </ManuscriptContext.Provider>
  );
}

function Columns({ refused }: { refused: ComponentChildren }): JSX.Element {
  const manuscript = useManuscript();
  const root = useRef<HTMLElement>(null);
  useWarning(manuscript.pens.unsaved);
  useEffect(() => {
    const follow = ({ target }: FocusEvent) => {
      const line = target instanceof Element ? target.closest<HTMLElement>("[data-line]")?.dataset.line : undefined;
      if (line) manuscript.current.value = line;
    };
    const page = root.current!;
    page.addEventListener("focusin", follow);
    const stop = keepFocus(page);
    return () => {
      page.removeEventListener("focusin", follow);
      stop();
      manuscript.layDown();
    };
  }, [manuscript]);
  return (
    <main ref={root} class="sorting">
      <div class="columns" data-view="summary" data-place={manuscript.place.value}>
        <Contents />
        <Lines />
        <Sources />
      </div>
      {refused}
      <Foot />
    </main>
  );
}

function Foot(): JSX.Element {
  const { past } = useManuscript();
  return (
    <div class="foot">
      <Said past={past} />
      <div role="status" class="foot__news">
        <Stuck past={past} />
        <Kept />
      </div>
      <Refusal past={past} />
    </div>
  );
}

/** Texts that are on this computer alone, wherever in the summary they belong. */
function Kept(): JSX.Element | null {
  const manuscript = useManuscript();
  const kept = [...manuscript.pens.all.value.values()].filter((pen) => isUnsaved(pen) && pen.state !== "saving");
  if (!kept.length) return null;
  const show = () => {
    manuscript.go(kept[0]!.section);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-line="${CSS.escape(kept[0]!.line)}"]`)?.focus());
  };
  return (
    <News tone="waits">
      <p>
        {tn("The text of %(n)s line is on this computer and not with the server.", "The texts of %(n)s lines are on this computer and not with the server.", kept.length)}
      </p>
      <Tool onPress={show}>{t("Show it")}</Tool>
      <Tool onPress={() => manuscript.pens.again()}>{t("Try again")}</Tool>
    </News>
  );
}
