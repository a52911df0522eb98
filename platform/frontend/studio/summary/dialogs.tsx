/** What is asked about a line: where it is to go, what it said before, what to do with it. */

import type { JSX } from "preact";
import type { SummaryLine } from "../../shared/wire";
import { t } from "../../shared/words";
import { Dialog, Tool } from "../controls";
import { Picker, type Entry } from "../picker";
import { sameWords } from "../themes/stacks";
import { useManuscript } from "./manuscript";
import { isWritten } from "./outline";
import { numberOf, titleOf } from "./titles";
import { Versions } from "./versions";

export function Dialogs(): JSX.Element | null {
  const manuscript = useManuscript();
  const asked = manuscript.dialog.value;
  if (!asked) return null;
  const props = { line: asked.line, onClose: () => (manuscript.dialog.value = null) };
  if (asked.what === "move") return <Move {...props} />;
  return asked.what === "versions" ? <Versions {...props} /> : <AboutLine {...props} />;
}

interface AskProps {
  line: SummaryLine;
  onClose: () => void;
}

function Move({ line, onClose }: AskProps): JSX.Element {
  const manuscript = useManuscript();
  const entries = (typed: string): Entry[] => {
    const wanted = sameWords(typed);
    const others = manuscript.sections.value.filter((one) => isWritten(one) && one.key !== line.section);
    return others
      .map((section) => ({ section, number: numberOf(section.part), words: titleOf(section.part) }))
      .filter(({ number, words }) => !wanted || String(number) === wanted || sameWords(words).includes(wanted))
      .map(({ section, number, words }) => ({ key: section.key, number, words, does: () => manuscript.moveTo(line, section, words) }));
  };
  return (
    <Picker
      heading={t("Move the line to…")}
      label={t("Parts of the summary")}
      entries={entries}
      none={t("No part fits.")}
      onClose={onClose}
    />
  );
}

function AboutLine({ line, onClose }: AskProps): JSX.Element {
  const manuscript = useManuscript();
  const row = manuscript.rowOf(line.id);
  const then = (does: () => void) => () => {
    onClose();
    does();
  };
  const ask = (what: "move" | "versions") => then(() => (manuscript.dialog.value = { what, line }));
  return (
    <Dialog heading={t("The line")} onClose={onClose}>
      <p class="note__text" dir="auto">
        {line.text}
      </p>
      <div class="about-theme">
        <Tool onPress={ask("versions")}>{t("Earlier versions…")}</Tool>
        {row && !manuscript.closed && (
          <>
            <Tool onPress={then(() => manuscript.shift(row, -1))}>{t("Move it up")}</Tool>
            <Tool onPress={then(() => manuscript.shift(row, 1))}>{t("Move it down")}</Tool>
            <Tool onPress={ask("move")}>{t("Move to another part…")}</Tool>
            <Tool onPress={then(() => manuscript.begin(row))}>{t("New line below it")}</Tool>
            <Tool onPress={then(() => manuscript.remove(row))}>{t("Remove the line")}</Tool>
          </>
        )}
      </div>
      <p class="help">{t("All of this can be undone.")}</p>
    </Dialog>
  );
}
