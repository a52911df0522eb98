/** The phone's one page: whatever stage a person is at. */

import { useEffect } from "preact/hooks";
import { t } from "../../shared/words";
import type { Arrival } from "../arrival";
import { ChooseTable } from "./choose_table";
import { EveningPage } from "./evening_page";
import { Plain, Waiting } from "./plain";

export function App({ arrival }: { arrival: Arrival }) {
  const stage = arrival.stage.value;
  useEffect(() => {
    // The page was swapped under the reader: begin at its heading, unless something has taken the focus.
    if (document.activeElement === document.body) document.querySelector<HTMLElement>("h1")?.focus();
  }, [stage.at]);
  switch (stage.at) {
    case "starting":
      return <Plain title={t("One moment")}>{t("Looking for your table.")}</Plain>;
    case "tables":
      return <ChooseTable arrival={arrival} door={stage.door} problem={stage.problem} />;
    case "waiting":
      return <Waiting title={stage.door.title} place={stage.door.place} />;
    case "stopped":
      return <Stopped arrival={arrival} problem={stage.problem} offline={stage.offline} />;
    case "left":
      return (
        <Plain title={t("This phone is cleared")}>
          {t("Nothing of the workshop is left on it. What reached the server stays with the workshop.")}
          <a class="ds-button" data-variant="secondary" href="/">
            {t("Join again")}
          </a>
        </Plain>
      );
    case "seated":
      return <EveningPage arrival={arrival} evening={stage.evening} />;
  }
}

function Stopped({ arrival, problem, offline }: { arrival: Arrival; problem: string; offline: boolean }) {
  if (offline) {
    return (
      <Plain title={t("No contact with the workshop")}>
        {t("Check that the phone is on the right network. This page tries again by itself.")}
        <button class="ds-button" type="button" onClick={() => void arrival.retry()}>
          {t("Try now")}
        </button>
      </Plain>
    );
  }
  return (
    <Plain title={t("You cannot join right now")}>
      {problem || t("This workshop has ended and takes no new participants.")}
      <a class="ds-button" data-variant="secondary" href="/">
        {t("Type another code")}
      </a>
    </Plain>
  );
}
