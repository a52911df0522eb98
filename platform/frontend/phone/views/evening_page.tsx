/** The phone at a table: one question, the field for it, and what the table has written. */

import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import type { Arrival } from "../arrival";
import type { Evening } from "../evening";
import { Announcer } from "./announcer";
import { Bar } from "./bar";
import { Composer } from "./composer";
import { useTitle } from "./hooks";
import { Notes } from "./notes";
import { Notices } from "./notices";
import { QuestionHead } from "./question_head";
import { Questions, TableTools } from "./table_tools";
import { ThisPhone } from "./this_phone";
import { Tray } from "./tray";
import { VotingPanel } from "./voting";

export function EveningPage({ arrival, evening }: { arrival: Arrival; evening: Evening }) {
  const { workshop } = evening.store;
  const current = evening.current.value;
  const voting = evening.store.lastVoting();
  const isNews = voting !== null && evening.isNews(voting);
  const draft = workshop.value?.state === "draft";
  return (
    <div class="page phone">
      <Bar evening={evening} />
      <main class="stack phone__main">
        <Notices evening={evening} />
        <Tray evening={evening} />
        {voting && isNews && <VotingPanel evening={evening} voting={voting} />}
        {current && !draft ? <Question evening={evening} /> : <Between evening={evening} draft={draft} />}
        {voting && !isNews && <VotingPanel evening={evening} voting={voting} />}
      </main>
      <footer class="phone__foot stack">
        {current && !draft && <Questions evening={evening} />}
        <ThisPhone arrival={arrival} evening={evening} />
      </footer>
      <Announcer evening={evening} />
    </div>
  );
}

function Question({ evening }: { evening: Evening }) {
  const { question, round, number } = evening.current.value!;
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(question.prompt);
  useEffect(() => {
    // The button that was pressed to come here is gone; the field, which stays, keeps its focus.
    if (document.activeElement === document.body) heading.current?.focus();
    scrollTo(0, 0);
  }, [question.id]);
  return (
    <>
      <QuestionHead evening={evening} question={question} round={round} number={number} heading={heading} />
      <Composer evening={evening} question={question.id} late={round.state === "closed"} />
      <Notes evening={evening} question={question.id} shared={round.shared} />
      <TableTools evening={evening} open={round.state === "open"} />
    </>
  );
}

/** Before the first question, and while the workshop is a draft again. */
function Between({ evening, draft }: { evening: Evening; draft: boolean }) {
  const { workshop, known } = evening.store;
  const title = workshop.value?.title ?? t("Verkstad");
  const ended = workshop.value && !["draft", "open"].includes(workshop.value.state);
  useTitle(title);
  return (
    <section class="stack phone__between">
      <h1 tabIndex={-1}>
        <bdi>{title}</bdi>
      </h1>
      <p class="lead">{known.value < 0 ? t("Fetching the question.") : sentence(draft, Boolean(ended))}</p>
    </section>
  );
}

function sentence(draft: boolean, ended: boolean): string {
  if (draft) return t("The workshop has not opened yet. This page opens by itself.");
  if (ended) return t("The workshop is closed. Thank you for being here.");
  return t("You have a seat. The first question comes here by itself.");
}
