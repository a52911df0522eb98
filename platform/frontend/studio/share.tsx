/** One switch a question: whether all tables' notes are shown on every phone and on the screen. */

import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Round } from "../shared/wire";
import { t } from "../shared/words";
import { useAct } from "./act";
import { ActError } from "./controls";
import { useDesk, type Undo } from "./desk";

interface ShareProps {
  question: string;
  round: Round;
  number: number;
}

export function Share({ question, round, number }: ShareProps): JSX.Element {
  const desk = useDesk();
  const act = useAct();
  const id = useId();
  const consequence = round.shared
    ? t("Every phone and the screen show the notes of all tables.")
    : t("Each table sees its own notes only.");
  if (!desk.may("run")) return <p class="help">{consequence}</p>;
  // The box follows the server, not the press: it turns when everyone has been told.
  const turn = (event: Event) => {
    event.preventDefault();
    void act.run([{ kind: "round.share", question, shared: !round.shared }], turned(question, number, round.shared));
  };
  return (
    <div class="switch">
      <input
        id={id}
        class="ds-input"
        data-size="sm"
        type="checkbox"
        role="switch"
        checked={round.shared}
        aria-busy={act.pending.value}
        aria-describedby={`${id}-what`}
        onClick={turn}
      />
      <div>
        <label for={id}>
          {t("Share the notes with everyone")}
          <span class="visually-hidden">
            {", "}
            {t("question %(number)s", { number })}
          </span>
        </label>
        <p id={`${id}-what`} class={round.state === "open" ? "help" : "visually-hidden"}>
          {consequence}
        </p>
        <ActError act={act} />
      </div>
    </div>
  );
}

function turned(question: string, number: number, before: boolean): Undo {
  const text = before
    ? t("The notes of question %(number)s are no longer shared.", { number })
    : t("The notes of question %(number)s are shared with all.", { number });
  return { text, changes: [{ kind: "round.share", question, shared: before }] };
}
