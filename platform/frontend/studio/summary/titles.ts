/** What the parts of the summary, and what one has in a line, are called on the page. */

import { t } from "../../shared/words";
import { isPlainName } from "../controls";
import type { Part } from "./outline";

export function titleOf(part: Part): string {
  switch (part.kind) {
    case "theme":
      return part.theme.label;
    case "question":
      return part.question.prompt;
    case "group": {
      const name = part.name.trim();
      const plain = t("Group %(number)s", { number: part.group });
      return name && !isPlainName(name, part.group) ? `${plain} · ${name}` : plain;
    }
    default:
      return plainTitle(part.kind);
  }
}

function plainTitle(kind: Exclude<Part["kind"], "theme" | "question" | "group">): string {
  return {
    intro: t("Introduction"),
    tensions: t("Tensions"),
    answers: t("Questions that need an answer"),
    voices: t("Single voices"),
    ledger: t("Where every note is"),
    appendix: t("Appendix: every note"),
  }[kind];
}

/** The number of a theme or a question, as it stands in the list of parts. */
export function numberOf(part: Part): number | null {
  return part.kind === "theme" || part.kind === "question" ? part.number : null;
}
