/** What concerns the phone and not the conversation: another table, the language, help, leaving. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../../shared/words";
import type { Arrival } from "../arrival";
import { boot } from "../boot";
import type { Evening } from "../evening";
import { LanguageSwitch } from "./languages";

interface Props {
  arrival: Arrival;
  evening: Evening;
}

export function ThisPhone({ arrival, evening }: Props) {
  const leaving = useSignal(false);
  const stuck = useSignal(false);
  // A workshop that takes nobody new would let the phone out and not in again.
  const movable = evening.store.workshop.value?.state === "open";
  const change = async () => (stuck.value = !(await arrival.change(evening)));
  return (
    <section class="stack phone__section" data-gap="tight" aria-labelledby="this-phone">
      <h2 id="this-phone" class="phone__heading">
        {t("This phone")}
      </h2>
      <div class="cluster phone__more">
        {movable && (
          <button class="ds-button" data-variant="tertiary" type="button" onClick={() => void change()}>
            {t("Change table")}
          </button>
        )}
        <LanguageSwitch />
        <a class="ds-button" data-variant="tertiary" href={boot.help} target="_blank" rel="noopener">
          {t("Help")}
          <span class="visually-hidden"> {t("(opens a new tab)")}</span>
        </a>
        <button
          class="ds-button"
          data-variant="tertiary"
          data-color="danger"
          type="button"
          aria-expanded={leaving.value}
          onClick={() => (leaving.value = !leaving.value)}
        >
          {t("Leave and clear the phone")}
        </button>
      </div>
      <div role="alert" class="phone__alert">
        {stuck.value && <p class="tray">{t("Notes written at this table are still on the phone. Change table when they have been sent.")}</p>}
      </div>
      {leaving.value && <Leave arrival={arrival} evening={evening} close={() => (leaving.value = false)} />}
    </section>
  );
}

function Leave({ arrival, evening, close }: Props & { close(): void }) {
  const first = useRef<HTMLParagraphElement>(null);
  useEffect(() => first.current?.focus(), []);
  const unsent = evening.outbox.queue.value.length + evening.outbox.tray.value.length;
  return (
    <div class="tray stack" data-tone={unsent ? "failed" : "calm"}>
      <p ref={first} tabIndex={-1}>
        {unsent
          ? tn("%(n)s note has not reached the server and will be lost.", "%(n)s notes have not reached the server and will be lost.", unsent)
          : t("Your notes stay with the workshop. You cannot change them from this phone afterwards.")}
      </p>
      <div class="cluster">
        <button class="ds-button" data-color="danger" type="button" onClick={() => void arrival.leave(evening)}>
          {unsent ? t("Clear anyway") : t("Leave and clear")}
        </button>
        <button class="ds-button" data-variant="tertiary" type="button" onClick={close}>
          {t("Stay")}
        </button>
      </div>
    </div>
  );
}
