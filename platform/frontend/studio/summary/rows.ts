/** What is shown of a part: its lines, those that one has begun and the server has not, and what one has in each. Pure. */

import type { SummaryLine } from "../../shared/wire";
import type { Words } from "./draft";
import type { Section } from "./outline";
import type { Pen } from "./pens";

export interface Row extends Words {
  id: string;
  /** As the server has it; null for one that it has not, or not any more. */
  line: SummaryLine | null;
  /** What one has written in it, or is about to. */
  pen: Pen | null;
}

/**
 * Beside the lines stand those that the server has not, or not any more, or that have not come back from it yet: after
 * the one that they were begun after, else last. `sections` are the keys that there are; what has none is in the introduction.
 */
export function rowsOf({ key, lines }: Section, pens: ReadonlyMap<string, Pen>, sections: ReadonlySet<string>): Row[] {
  const rows = lines.map((line): Row => {
    const pen = pens.get(line.id) ?? null;
    return { id: line.id, line, pen, text: (pen ?? line).text, notes: (pen ?? line).notes };
  });
  for (const pen of pens.values()) {
    const home = sections.has(pen.section) ? pen.section : "intro";
    if (home !== key || lines.some((line) => line.id === pen.line)) continue;
    const before = rows.findIndex((row) => row.id === pen.after);
    const at = pen.after === null && pen.state !== "gone" ? 0 : before < 0 ? rows.length : before + 1;
    rows.splice(at, 0, { id: pen.line, line: null, pen, text: pen.text, notes: pen.notes });
  }
  return rows;
}
