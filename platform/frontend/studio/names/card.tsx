/** One finding: where it is, the words in their text, and the three things that can be done. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { Field } from "../field";
import { HideForm } from "../hide_form";
import { nameOf } from "../themes/said";
import type { Finding } from "./ask";
import { keyOf, kindWords, piecesOf } from "./findings";
import { useNameCheck } from "./name_check";

interface CardProps {
  finding: Finding;
  /** The note's mark, as in the documents. */
  mark: string;
}

type Form = "keep" | "hide" | null;

export function Card({ finding, mark }: CardProps): JSX.Element | null {
  const check = useNameCheck();
  const form = useSignal<Form>(null);
  const card = useRef<HTMLLIElement>(null);
  const note = finding.note ? check.desk.store.notes.value.get(finding.note) : undefined;
  const close = () => {
    form.value = null;
    card.current?.focus();
  };
  return (
    <li ref={card} class="note finding" tabIndex={-1} data-entry={keyOf(finding)} data-decision={finding.decision ?? undefined}>
      <p class="note__meta">
        <span>{mark}</span>
        <span class="mark">{kindWords(finding.kind)}</span>
        {finding.decision && <Decided finding={finding} />}
      </p>
      <Text finding={finding} />
      {!check.closed && form.value === null && <Tools finding={finding} onForm={(asked) => (form.value = asked)} />}
      {form.value === "keep" && <KeepForm finding={finding} onDone={close} />}
      {form.value === "hide" && note && !note.gone && <HideForm note={note} onDone={close} />}
    </li>
  );
}

function Decided({ finding: { decision, reason, by: name } }: { finding: Finding }): JSX.Element {
  const by = nameOf(name);
  const what = decision === "mask" ? t("Masked by %(by)s", { by }) : t("Kept by %(by)s: %(reason)s", { by, reason });
  return <span dir="auto">{what}</span>;
}

function Text({ finding }: { finding: Finding }): JSX.Element {
  // What has just been changed or hidden is told in a moment; until then the words speak for themselves.
  const pieces = piecesOf(useNameCheck().textOf(finding), finding);
  return (
    <p class="note__text" dir="auto">
      {pieces?.[0]}
      <mark>{finding.words}</mark>
      {pieces?.[2]}
    </p>
  );
}

function Tools({ finding, onForm }: { finding: Finding; onForm: (form: Form) => void }): JSX.Element {
  const check = useNameCheck();
  const { words, decision, note } = finding;
  const same = (check.findings.value ?? []).filter((one) => one.decision === null && one.words === words);
  return (
    <div class="cluster">
      {decision !== "keep" && (
        <button type="button" class="ds-button" data-size="sm" data-variant="secondary" data-does="keep" onClick={() => onForm("keep")}>
          {t("Keep…")}
          <span class="visually-hidden"> {words}</span>
        </button>
      )}
      {decision !== "mask" && (
        <button type="button" class="ds-button" data-size="sm" data-variant="secondary" data-does="mask" onClick={() => check.mask([finding])}>
          {t("Mask")}
          <span class="visually-hidden"> {words}</span>
        </button>
      )}
      {decision === null && same.length > 1 && (
        <Tool variant="tertiary" onPress={() => check.mask(same)}>
          {tn("Mask all %(n)s that say the same", "Mask all %(n)s that say the same", same.length)}
        </Tool>
      )}
      {note && check.desk.may("moderate") && (
        <button type="button" class="ds-button" data-size="sm" data-variant="tertiary" data-does="hide" onClick={() => onForm("hide")}>
          {t("Hide the whole note…")}
          <span class="visually-hidden"> {words}</span>
        </button>
      )}
    </div>
  );
}

const LONGEST = 500;

/** Why it may stand: a usual reason, at one press, or one's own. */
function KeepForm({ finding, onDone }: { finding: Finding; onDone: () => void }): JSX.Element {
  const check = useNameCheck();
  const reason = useSignal("");
  const missing = useSignal(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const keep = (why: string) => {
    onDone();
    check.keep(finding, why);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    missing.value = !reason.value.trim();
    if (!missing.value) keep(reason.value.trim());
  };
  return (
    <form class="stack" data-gap="tight" noValidate onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onDone()}>
      <div class="cluster" role="group" aria-label={t("Usual reasons")}>
        {usualReasons().map((usual, index) => (
          <button key={usual} ref={index === 0 ? first : undefined} type="button" class="chip" onClick={() => keep(usual)}>
            {usual}
          </button>
        ))}
      </div>
      <Field
        label={t("Or another reason")}
        error={missing.value ? t("Write a reason or choose one above.") : ""}
        longest={LONGEST}
        value={reason.value}
        onValue={(text) => (reason.value = text)}
      />
      <div class="cluster">
        <button type="submit" class="ds-button" data-size="sm">
          {t("Keep it")}
        </button>
        <Tool variant="tertiary" onPress={onDone}>
          {t("Cancel")}
        </Tool>
      </div>
    </form>
  );
}

function usualReasons(): string[] {
  return [t("Points out nobody"), t("Has agreed to it"), t("In an official role"), t("Known to all")];
}
