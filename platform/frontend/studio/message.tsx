/** A line to all phones: what they see now, and a new one. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Workshop } from "../shared/wire";
import { clockTime, t } from "../shared/words";
import { useAct } from "./act";
import { ActError, Press } from "./controls";
import { useDesk, type Change, type Desk } from "./desk";
import { Field } from "./field";

const LONGEST = 300;
const FIELD = "message-field";

export function Message(): JSX.Element {
  const desk = useDesk();
  const workshop = desk.store.workshop.value;
  return (
    <section class="stack" data-gap="tight" aria-labelledby="message-heading">
      <h2 id="message-heading" tabIndex={-1}>
        {t("Message to all phones")}
      </h2>
      {workshop?.message ? (
        <Current desk={desk} workshop={workshop} />
      ) : (
        <p class="help">{t("No message is shown.")}</p>
      )}
      {desk.may("run") && <NewMessage desk={desk} />}
    </section>
  );
}

function Current({ desk, workshop }: { desk: Desk; workshop: Workshop }): JSX.Element {
  const act = useAct();
  const remove = async () => {
    const undo = { text: t("The message is removed."), changes: sending(workshop.message) };
    if (await act.run(sending(""), undo)) document.getElementById("message-heading")?.focus();
  };
  return (
    <div class="message-now">
      <p class="help">
        {workshop.message_at ? t("Shown since %(time)s", { time: clockTime(workshop.message_at) }) : t("Shown now")}
      </p>
      <p class="note__text" dir="auto">
        {workshop.message}
      </p>
      {desk.may("run") && (
        <Press act={act} variant="tertiary" onPress={() => void remove()}>
          {t("Remove the message")}
        </Press>
      )}
      <ActError act={act} />
    </div>
  );
}

function NewMessage({ desk }: { desk: Desk }): JSX.Element {
  const act = useAct();
  const text = useSignal("");
  const send = async (event: Event) => {
    event.preventDefault();
    const sent = text.value.trim();
    if (!sent) return;
    const before = desk.store.workshop.value?.message ?? "";
    const undo = { text: t("The message is sent."), changes: sending(before) };
    // What was typed meanwhile stays.
    if ((await act.run(sending(sent), undo)) && text.value.trim() === sent) text.value = "";
  };
  return (
    <form class="stack" data-gap="tight" onSubmit={(event) => void send(event)}>
      <Field
        id={FIELD}
        label={t("New message")}
        help={t("Replaces the one that is shown.")}
        rows={2}
        longest={LONGEST}
        required
        value={text.value}
        onValue={(typed) => (text.value = typed)}
      />
      <button type="submit" class="ds-button" data-size="sm" data-variant="secondary" aria-busy={act.pending.value}>
        {t("Send to all phones")}
      </button>
      <ActError act={act} />
    </form>
  );
}

function sending(text: string): Change[] {
  return [{ kind: "message.send", text }];
}
