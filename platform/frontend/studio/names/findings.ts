/** Findings and the texts that they are in. Pure. */

import type { FindingKind, Note, SummaryLine } from "../../shared/wire";
import { t } from "../../shared/words";
import type { Change } from "../desk";
import type { Finding } from "./ask";

/** Some words in a text: before, themselves, after. */
export type Pieces = readonly [before: string, words: string, after: string];

/** The text around a finding; null when the words are not there any more, since the text has changed since. */
export function piecesOf(text: string, { start, end, words }: Pick<Finding, "start" | "end" | "words">): Pieces | null {
  const points = [...text];
  const found = points.slice(start, end).join("");
  return found === words ? [points.slice(0, start).join(""), found, points.slice(end).join("")] : null;
}

/** One finding among all there may be: the same while nothing but what is decided of it changes. */
export function keyOf({ note, line, start, end }: Finding): string {
  return `${note ?? ""} ${line ?? ""} ${start} ${end}`;
}

/** Where words stand that nobody has found, in notes first and then in lines; whole words, in any case. */
export function places(
  typed: string,
  notes: readonly Note[],
  lines: readonly SummaryLine[],
  known: readonly Finding[],
): Finding[] {
  const wanted = typed.trim();
  if (!wanted) return [];
  const taken = new Map<string, Finding[]>();
  for (const one of known) taken.set(one.note ?? one.line ?? "", [...(taken.get(one.note ?? one.line ?? "") ?? []), one]);
  const visible = notes.filter((note) => !note.hidden);
  return [
    ...visible.flatMap((note) => inText(wanted, note.text, { note: note.id, line: null }, taken.get(note.id))),
    ...lines.flatMap((line) => inText(wanted, line.text, { note: null, line: line.id }, taken.get(line.id))),
  ];
}

function inText(wanted: string, text: string, where: Pick<Finding, "note" | "line">, taken: Finding[] = []): Finding[] {
  const literal = wanted.normalize("NFC").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found: Finding[] = [];
  for (const match of text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu"))) {
    const start = [...text.slice(0, match.index)].length;
    const end = start + [...match[0]].length;
    if (taken.some((one) => one.start < end && start < one.end)) continue;
    found.push({ ...where, start, end, kind: "other", words: match[0], decision: null, reason: "", by: "" });
  }
  return found;
}

/** The mutation that says what becomes of a finding in a text that reads so. */
export function decide(finding: Finding, seen: string, decision: "keep" | "mask", reason = ""): Change {
  const { start, end, words, kind: found, note, line } = finding;
  const where = note ? { note } : { line: line ?? "" };
  return { kind: "finding.decide", ...where, start, end, words, seen, found, decision, reason };
}

export function kindWords(kind: FindingKind): string {
  return {
    identity: t("Identity number"),
    email: t("E-mail address"),
    phone: t("Telephone number"),
    address: t("Postal address"),
    name: t("Name"),
    other: t("Marked by hand"),
  }[kind];
}
