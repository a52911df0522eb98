/** Texts that the server will not take: kept, with the reason, until the person has decided about each. */

import { useSignal } from "@preact/signals";
import { t } from "../../shared/words";
import { copy } from "../copy";
import type { Evening } from "../evening";
import type { Refused } from "../queued";
import { Editor } from "./editor";

export function Tray({ evening }: { evening: Evening }) {
  const refused = evening.outbox.tray.value;
  if (!refused.length) return null;
  return (
    <section class="tray stack" data-tone="failed" aria-labelledby="tray">
      <h2 id="tray" tabIndex={-1} class="phone__heading">
        {t("Did not get through")}
      </h2>
      <ul class="notes" role="list">
        {refused.map((each) => (
          <RefusedNote key={each.id} evening={evening} refused={each} />
        ))}
      </ul>
    </section>
  );
}

function RefusedNote({ evening, refused }: { evening: Evening; refused: Refused }) {
  const draft = `tray/${refused.id}`;
  const editing = useSignal(evening.drafts.texts.peek().has(draft));
  const copied = useSignal(false);
  if (editing.value) {
    return (
      <li class="note" data-state="failed">
        <Editor
          evening={evening}
          draft={draft}
          original={refused.text}
          action={t("Send again")}
          save={(text) => evening.sendAgain(refused, text)}
          close={() => (editing.value = false)}
        />
      </li>
    );
  }
  return (
    <li class="note" data-state="failed">
      <p class="note__text" dir="auto">
        {refused.text}
      </p>
      <p class="note__meta">
        <span class="status-line" data-state="failed">
          {refused.message || t("The server could not take the note.")}
        </span>
      </p>
      <div class="note__acts">
        {refused.code === "internal" && <TryAgain evening={evening} refused={refused} />}
        <button class="ds-button" data-variant="secondary" type="button" onClick={() => (editing.value = true)}>
          {t("Change and send again")}
        </button>
        <button class="ds-button" data-variant="tertiary" type="button" onClick={() => (copied.value = copy(refused.text))}>
          {copied.value ? t("Copied") : t("Copy")}
        </button>
        <button class="ds-button" data-variant="tertiary" type="button" onClick={() => void evening.outbox.discard(refused.id)}>
          {t("Throw away")}
        </button>
      </div>
    </li>
  );
}

/** Nothing was wrong with the text, so it can go again as it is. */
function TryAgain({ evening, refused }: { evening: Evening; refused: Refused }) {
  return (
    <button
      class="ds-button"
      data-variant="secondary"
      type="button"
      onClick={() => void evening.sendAgain(refused, refused.text)}
    >
      {t("Try again")}
    </button>
  );
}
