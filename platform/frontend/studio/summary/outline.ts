/** The parts of the document that is being written, with the lines that stand in each. Pure. */

import type { Note, Question, SummaryLine, Theme } from "../../shared/wire";
import type { Sorting } from "../themes/sorting";

/** What a part is of; those of lines are where a line can stand. */
export type Part =
  | { kind: "intro" | "tensions" | "answers" | "voices" }
  | { kind: "theme"; theme: Theme; number: number; single: boolean }
  | { kind: "question"; question: Question; number: number }
  | { kind: "group"; group: number; name: string }
  | { kind: "ledger" | "appendix" };

export interface Section {
  /** As in `SummaryLine.section`; the ledger and the appendix, which nobody writes, have their kinds. */
  key: string;
  part: Part;
  lines: readonly SummaryLine[];
  /** What has come in that belongs here: what its lines are usually built on. */
  notes: readonly Note[];
}

export interface Evening {
  notes: readonly Note[];
  questions: readonly Question[];
  groups: readonly { number: number; name: string }[];
  sorting: Sorting;
  lines: readonly SummaryLine[];
}

/** In the order they are read. A line whose theme, question or group has gone stands last in the introduction. */
export function outline(evening: Evening): Section[] {
  const parts = allParts(evening);
  const keys = new Set(parts.map(keyOf));
  const inSection = new Map<string, SummaryLine[]>();
  const astray: SummaryLine[] = [];
  for (const line of evening.lines) {
    if (!keys.has(line.section)) astray.push(line);
    else inSection.set(line.section, [...(inSection.get(line.section) ?? []), line]);
  }
  return parts.map((part) => {
    const key = keyOf(part);
    const own = inSection.get(key) ?? [];
    return { key, part, lines: part.kind === "intro" ? [...own, ...astray] : own, notes: notesFor(part, evening) };
  });
}

function allParts({ questions, groups, sorting }: Evening): Part[] {
  const themes = (ids: readonly string[], from: number, single: boolean) =>
    ids.map((id, index): Part => ({ kind: "theme", theme: sorting.heaps.get(id)!.theme, number: from + index, single }));
  return [
    { kind: "intro" },
    ...themes(sorting.ranked, 1, false),
    ...questions.map((question, index): Part => ({ kind: "question", question, number: index + 1 })),
    ...groups.map(({ number, name }): Part => ({ kind: "group", group: number, name })),
    { kind: "tensions" },
    { kind: "answers" },
    { kind: "voices" },
    ...themes(sorting.singles, sorting.ranked.length + 1, true),
    { kind: "ledger" },
    { kind: "appendix" },
  ];
}

function keyOf(part: Part): string {
  switch (part.kind) {
    case "theme":
      return `theme:${part.theme.id}`;
    case "question":
      return `question:${part.question.id}`;
    case "group":
      return `group:${part.group}`;
    default:
      return part.kind;
  }
}

function notesFor(part: Part, { notes, sorting }: Evening): readonly Note[] {
  switch (part.kind) {
    case "theme":
      return sorting.heaps.get(part.theme.id)!.notes;
    case "question":
      return notes.filter((note) => note.question === part.question.id);
    case "group":
      return notes.filter((note) => note.group === part.group);
    case "tensions":
      return notes.filter((note) => note.side);
    case "answers":
      return notes.filter((note) => note.asks === "yes");
    case "voices":
      return sorting.singles.flatMap((id) => sorting.heaps.get(id)!.notes);
    default:
      return notes;
  }
}

/** Whether people write lines here. */
export function isWritten({ part }: Section): boolean {
  return part.kind !== "ledger" && part.kind !== "appendix";
}

/** What a line leans on: none at all, some that have gone, or all there. */
export type Footing = "none" | "lost" | "firm";

/** `there` are the ids of the notes that can be shown. */
export function footing(notes: readonly string[], there: { has(id: string): boolean }): Footing {
  if (notes.length === 0) return "none";
  return notes.every((id) => there.has(id)) ? "firm" : "lost";
}
