/** Where what one has written is: with the server or here, and what has to be decided when others wrote too. */

import type { JSX } from "preact";
import { t } from "../../shared/words";
import { Tool } from "../controls";
import { nameOf } from "../themes/said";
import { Compared } from "./compared";
import { useManuscript } from "./manuscript";
import { isUnsaved, type Pen } from "./pens";
import type { Row } from "./rows";

export function LineState({ row }: { row: Row }): JSX.Element | null {
  const manuscript = useManuscript();
  if (!row.pen) return null;
  const { state, words } = told(row.pen, manuscript.heldBy(row));
  return (
    <p class="status-line" data-state={state}>
      {words}
    </p>
  );
}

function told(pen: Pen, holder: string | null): { state: "ok" | "waiting" | "failed"; words: string } {
  if (pen.fresh && !pen.text.trim()) return { state: "waiting", words: t("Is saved with its first words") };
  switch (pen.state) {
    case "saved":
      return { state: "ok", words: t("Saved") };
    case "saving":
      return { state: "waiting", words: isUnsaved(pen) ? t("Saving…") : t("Saved") };
    case "kept":
      return { state: "waiting", words: t("On this computer. Sent when the server answers.") };
    case "held":
      return { state: "waiting", words: t("On this computer, until %(name)s has finished.", { name: holder ?? t("the other") }) };
    default:
      return { state: "failed", words: t("On this computer. You decide what becomes of it.") };
  }
}

/** What has to be decided; nothing is sent until it is. */
export function Trouble({ row }: { row: Row }): JSX.Element | null {
  const manuscript = useManuscript();
  const { pen, line } = row;
  if (pen?.state === "overtaken" && line) return <Overtaken row={row} pen={pen} />;
  if (pen?.state !== "gone" && pen?.state !== "refused") return null;
  return (
    <div class="refusal" role="alert">
      <p>{pen.state === "gone" ? t("The line was removed while you wrote. Your text is still here.") : pen.reason}</p>
      <Tool onPress={() => manuscript.again(row)}>{pen.state === "gone" ? t("Make it a new line") : t("Try again")}</Tool>
      <Tool variant="tertiary" onPress={() => manuscript.drop(row.id)}>
        {t("Throw away my text")}
      </Tool>
    </div>
  );
}

/** Both wordings, and one of them is to stand. One may also write on in the box first. */
function Overtaken({ row, pen }: { row: Row; pen: Pen }): JSX.Element {
  const { pens } = useManuscript();
  const line = row.line!;
  const by = line.by ? nameOf(line.by) : t("the other");
  return (
    <div class="tray stack" data-gap="tight" role="group" aria-label={t("Two wordings")}>
      <p role="alert">{t("%(name)s changed the line while you wrote. Your text is still here. Which one is to stand?", { name: by })}</p>
      <Compared
        before={{ title: t("What %(name)s wrote", { name: by }), text: line.text, notes: line.notes }}
        after={{ title: t("What you wrote"), text: pen.text, notes: pen.notes }}
      />
      <div class="cluster">
        <Tool hint="y" onPress={() => pens.settle(row.id, true)}>
          {t("Mine is to stand")}
        </Tool>
        <Tool hint="Y" onPress={() => pens.settle(row.id, false)}>
          {t("The other is to stand")}
        </Tool>
      </div>
    </div>
  );
}
