/** What one should know just now, above the question. */

import { t, tn } from "../../shared/words";
import type { Evening } from "../evening";

export function Notices({ evening }: { evening: Evening }) {
  return (
    <>
      <Offline evening={evening} />
      <Strained evening={evening} />
      <Forgetful evening={evening} />
      <Message evening={evening} />
      <Ended evening={evening} />
      <NextQuestion evening={evening} />
      <Notice evening={evening} />
    </>
  );
}

function Offline({ evening }: { evening: Evening }) {
  if (evening.connection.line.value !== "offline") return null;
  const waiting = evening.outbox.queue.value.filter(({ mutation }) => "text" in mutation).length;
  return (
    <p class="tray">
      {t("Write on: the notes are on the phone.")}{" "}
      {waiting > 0 && tn("%(n)s note is waiting to be sent.", "%(n)s notes are waiting to be sent.", waiting)}
    </p>
  );
}

/** The server can be reached and takes nothing just now. It is nobody's fault here, and nothing is lost. */
function Strained({ evening }: { evening: Evening }) {
  const strained = evening.outbox.strained.value && evening.connection.line.value === "online";
  return (
    <div role="status" class="phone__alert">
      {strained && (
        <p class="tray" data-tone="calm">
          {t("The server has a lot to do. What you have written is on the phone and is sent as soon as there is room.")}
        </p>
      )}
    </div>
  );
}

/** A browser that keeps nothing: the person must know that closing the page loses what is unsent. */
function Forgetful({ evening }: { evening: Evening }) {
  if (evening.shelf.kind !== "memory") return null;
  return (
    <p class="tray">
      {t("This browser does not let the page keep anything. Do not close it while a note is still on the phone.")}
    </p>
  );
}

function Message({ evening }: { evening: Evening }) {
  const message = evening.store.workshop.value?.message;
  if (!message) return null;
  return (
    <section class="tray" data-tone="calm" aria-label={t("From the facilitator")}>
      <p class="help">{t("From the facilitator")}</p>
      <p dir="auto">{message}</p>
    </section>
  );
}

/** Closed, while late notes are still taken; what comes after that is said at the question. */
function Ended({ evening }: { evening: Evening }) {
  if (evening.store.workshop.value?.state !== "closed" || !evening.current.value) return null;
  return (
    <p class="tray" data-tone="calm">
      {t("The workshop is closed. Thank you for being here.")}
    </p>
  );
}

function NextQuestion({ evening }: { evening: Evening }) {
  const open = evening.open.value;
  if (!open || !evening.current.value || open.question.id === evening.shown.value) return null;
  return (
    <section class="tray stack" data-tone="calm" aria-label={t("Question %(number)s is open", { number: open.number })}>
      <p>
        {t("Question %(number)s is open.", { number: open.number })} {t("What you are writing stays here.")}
      </p>
      <button class="ds-button" data-variant="secondary" type="button" onClick={() => evening.look(open.question.id)}>
        {t("Go to question %(number)s", { number: open.number })}
      </button>
    </section>
  );
}

function Notice({ evening }: { evening: Evening }) {
  const notice = evening.notice.value;
  return (
    <div role="alert" class="phone__alert">
      {notice && (
        <p class="tray" data-tone="failed">
          {notice}
        </p>
      )}
    </div>
  );
}
