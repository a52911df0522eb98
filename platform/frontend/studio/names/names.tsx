/** Names and details in what the documents will tell: each is kept for a reason, masked, or hidden with its note. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { Field } from "../field";
import { News, Refusal, Said, Stuck } from "../log/news";
import { marksOf } from "../summary/marks";
import { keepFocus } from "../themes/focus";
import type { Finding } from "./ask";
import { Card } from "./card";
import { keyOf, places } from "./findings";
import { NameCheckContext, useNameCheck, type NameCheck } from "./name_check";

interface NamesProps {
  check: NameCheck;
  /** What is said when the server no longer lets one in. */
  refused: ComponentChildren;
}

export function Names({ check, refused }: NamesProps): JSX.Element {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const stops = [check.watch(), keepFocus(root.current!)];
    return () => stops.forEach((stop) => stop());
  }, [check]);
  return (
    <NameCheckContext.Provider value={check}>
      <main ref={root} class="sorting">
        <div class="columns" data-view="names">
          <div class="column" data-column="names">
            <Found />
          </div>
        </div>
        {refused}
        <Foot />
      </main>
    </NameCheckContext.Provider>
  );
}

function Found(): JSX.Element {
  const { findings, failed, desk } = useNameCheck();
  const notes = desk.store.notes.value;
  const marks = useMemo(() => marksOf(notes.values()), [notes]);
  const all = findings.value;
  if (!all) {
    return (
      <p class="empty" role="status">
        {failed.value ? t("The server does not answer. Names are looked for as soon as it does.") : t("Looking for names and details…")}
      </p>
    );
  }
  const left = all.filter((one) => one.decision === null);
  const decided = all.filter((one) => one.decision !== null);
  return (
    <>
      <section class="stack" data-gap="tight" data-list="left" aria-labelledby="names-heading">
        <h2 id="names-heading" tabIndex={-1} data-heading>
          {t("Names and details")}
        </h2>
        <p class="help">
          {t("The computer marks what may point out a person. It misses some, and marks some that are nobody: you decide.")}
        </p>
        <p role="status" class="count" data-left={left.length}>
          {left.length ? tn("%(n)s left to decide on", "%(n)s left to decide on", left.length) : t("Nothing is left to decide on.")}
        </p>
        <Cards findings={left} marks={marks} />
      </section>
      <ByHand findings={all} marks={marks} />
      <section class="stack" data-gap="tight" data-list="decided" aria-labelledby="decided-heading">
        <h2 id="decided-heading" tabIndex={-1} data-heading>
          {t("Decided")}
        </h2>
        {decided.length === 0 && <p class="empty">{t("Nothing yet.")}</p>}
        <Cards findings={decided} marks={marks} />
      </section>
    </>
  );
}

interface CardsProps {
  findings: readonly Finding[];
  marks: ReadonlyMap<string, string>;
}

function Cards({ findings, marks }: CardsProps): JSX.Element {
  return (
    <ol class="findings" role="list">
      {findings.map((finding) => (
        <Card key={keyOf(finding)} finding={finding} mark={finding.note ? (marks.get(finding.note) ?? "") : t("Line")} />
      ))}
    </ol>
  );
}

/** Words that the check has not found, wherever they stand. */
function ByHand({ findings, marks }: CardsProps): JSX.Element {
  const check = useNameCheck();
  const { store } = check.desk;
  const typed = check.typed.value;
  const found = places(typed, store.liveNotes(), store.liveLines(), findings);
  return (
    <section class="stack" data-gap="tight" data-list="by-hand" aria-labelledby="by-hand-heading">
      <h2 id="by-hand-heading" tabIndex={-1} data-heading>
        {t("Mask other words")}
      </h2>
      <Field
        id="by-hand"
        label={t("Words to look for")}
        help={t("Whole words, as they stand in a note or a line.")}
        value={typed}
        onValue={(text) => (check.typed.value = text)}
      />
      {typed.trim() !== "" && (
        <div class="cluster">
          <p role="status" class="count">
            {tn("Found in %(n)s place", "Found in %(n)s places", found.length)}
          </p>
          {found.length > 1 && !check.closed && (
            <Tool onPress={() => check.mask(found)}>{t("Mask all")}</Tool>
          )}
        </div>
      )}
      <Cards findings={found} marks={marks} />
    </section>
  );
}

function Foot(): JSX.Element {
  const { past, failed, findings } = useNameCheck();
  return (
    <div class="foot">
      <Said past={past} />
      <div role="status" class="foot__news">
        <Stuck past={past} />
        {failed.value && findings.value && (
          <News tone="waits">
            <p>{t("The server does not answer. What you see may be old.")}</p>
          </News>
        )}
      </div>
      <Refusal past={past} />
    </div>
  );
}
