/** Voting with dots: opened with a few choices, followed while it is open, read when it has closed. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Voting } from "../shared/wire";
import { t, tn } from "../shared/words";
import { useAct } from "./act";
import { ActError, FormButtons, Press, Tool } from "./controls";
import { useDesk, type Change, type Desk } from "./desk";
import { Choice } from "./filters";

const MOST_DOTS = 10;

export function Votes(): JSX.Element | null {
  const desk = useDesk();
  const voting = desk.store.lastVoting();
  const may = desk.may("run") && ["open", "closed"].includes(desk.store.workshop.value?.state ?? "");
  if (!voting && !may) return null;
  return (
    <section class="stack" data-gap="tight" aria-labelledby="votes-heading">
      <h2 id="votes-heading" tabIndex={-1}>
        {t("Voting with dots")}
      </h2>
      {voting?.open && <Open voting={voting} may={may} />}
      {voting && !voting.open && <Result voting={voting} />}
      {may && !voting?.open && <Opening />}
    </section>
  );
}

/** How many may lay dots: everybody who has joined, or the tables. */
function electorate(desk: Desk, voting: Voting): number {
  const groups = [...desk.store.groups.value.values()];
  return voting.each === "table" ? groups.length : groups.reduce((sum, group) => sum + (group.joined ?? 0), 0);
}

function Open({ voting, may }: { voting: Voting; may: boolean }): JSX.Element {
  const desk = useDesk();
  const act = useAct();
  const of = electorate(desk, voting);
  return (
    <>
      <p class="status-line" data-state="ok">
        {voting.on === "themes" ? t("Open on the themes") : t("Open on the notes")}
        {" · "}
        {voting.each === "person"
          ? tn("%(n)s dot each", "%(n)s dots each", voting.dots)
          : tn("%(n)s dot for each at the table", "%(n)s dots for each at the table", voting.dots)}
      </p>
      <p role="status">
        {voting.each === "person"
          ? t("%(n)s of %(of)s have laid dots.", { n: voting.voters, of })
          : t("%(n)s of %(of)s tables have laid dots.", { n: voting.voters, of })}
      </p>
      {may && (
        <div class="cluster">
          <Press act={act} variant="secondary" onPress={() => void act.run([{ kind: "vote.close", voting: voting.id }])}>
            {t("Close and count")}
          </Press>
        </div>
      )}
      <p class="help">{t("When it closes everybody sees the result, and it cannot be opened again.")}</p>
      <ActError act={act} />
    </>
  );
}

function Result({ voting }: { voting: Voting }): JSX.Element {
  const { notes } = useDesk().store;
  return (
    <>
      <p>{tn("%(n)s ballot was counted.", "%(n)s ballots were counted.", voting.voters)}</p>
      <ol class="votes" role="list">
        {(voting.result ?? []).map(({ id, text, dots }) => (
          <li key={id} class="votes__line">
            <span dir="auto">{text || (notes.value.get(id)?.text ?? t("A note that has been taken away"))}</span>
            <strong class="count">{dots}</strong>
          </li>
        ))}
      </ol>
      {voting.lost > 0 && (
        <p class="help">
          {tn(
            "%(n)s dot lay on something that was gone when the voting closed.",
            "%(n)s dots lay on something that was gone when the voting closed.",
            voting.lost,
          )}
        </p>
      )}
    </>
  );
}

function Opening(): JSX.Element {
  const act = useAct();
  const open = useSignal(false);
  if (!open.value) {
    return (
      <div class="cluster">
        <Tool onPress={() => (open.value = true)}>
          {t("New voting")}
        </Tool>
      </div>
    );
  }
  const start = async (wanted: Change) => {
    if (await act.run([wanted])) open.value = false;
  };
  return <Form act={act} onStart={(wanted) => void start(wanted)} onCancel={() => (open.value = false)} />;
}

interface FormProps {
  act: ReturnType<typeof useAct>;
  onStart: (wanted: Change) => void;
  onCancel: () => void;
}

function Form({ act, onStart, onCancel }: FormProps): JSX.Element {
  const desk = useDesk();
  // "themes", or the question whose notes it is about.
  const about = useSignal("themes");
  const each = useSignal<Voting["each"]>("person");
  const dots = useSignal("3");
  const shared = desk.store.questions.value.filter((question) => desk.round(question.id).shared);
  const submit = (event: Event) => {
    event.preventDefault();
    const on = about.value === "themes" ? ({ on: "themes" } as const) : ({ on: "notes", question: about.value } as const);
    onStart({ kind: "vote.open", ...on, each: each.value, dots: Number(dots.value) });
  };
  return (
    <form class="stack" data-gap="tight" onSubmit={submit}>
      <Choice label={t("Dots on")} value={about.value} onChoose={(value) => (about.value = value)}>
        <option value="themes">{t("The themes")}</option>
        {shared.map((question) => (
          <option key={question.id} value={question.id}>
            {t("The notes of question %(number)s", { number: desk.numberOf(question.id) })}
          </option>
        ))}
      </Choice>
      <Choice label={t("Laid by")} value={each.value} onChoose={(value) => (each.value = value as Voting["each"])}>
        <option value="person">{t("Everybody on their own phone")}</option>
        <option value="table">{t("Each table together")}</option>
      </Choice>
      <Choice label={t("Dots a person")} value={dots.value} onChoose={(value) => (dots.value = value)}>
        {Array.from({ length: MOST_DOTS }, (_, index) => (
          <option key={index} value={String(index + 1)}>
            {index + 1}
          </option>
        ))}
      </Choice>
      <p class="help">{t("The phones get the choices as they are now. Only shared notes can be voted on.")}</p>
      <FormButtons act={act} submit={t("Open the voting")} onCancel={onCancel} />
    </form>
  );
}
