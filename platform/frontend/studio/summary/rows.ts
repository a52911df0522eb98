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

/** A new line stands after the one that it was begun after, else last; so does what one wrote in a line that is gone. */
export function rowsOf({ key, lines }: Section, pens: ReadonlyMap<string, Pen>): Row[] {
  const rows = lines.map((line): Row => {
    const pen = pens.get(line.id) ?? null;
    return { id: line.id, line, pen, text: (pen ?? line).text, notes: (pen ?? line).notes };
  });
  for (const pen of pens.values()) {
    if (pen.section !== key || lines.some((line) => line.id === pen.line) || !(pen.fresh || pen.state === "gone")) continue;
    const before = rows.findIndex((row) => row.id === pen.after);
    const at = pen.fresh && pen.after === null ? 0 : before < 0 ? rows.length : before + 1;
    rows.splice(at, 0, { id: pen.line, line: null, pen, text: pen.text, notes: pen.notes });
  }
  return rows;
}
