/** Notes, themes and acts for the tests of this folder. */

import type { Action, Note, Theme } from "../../shared/wire";
import type { AskLines } from "../summary/ask";

/** Nobody to ask about lines: the themes never do. */
export const NO_LINES: AskLines = { versions: async () => [], drafts: async () => [] };

let made = 0;

export function note(id: string, more: Partial<Note> = {}): Note {
  made++;
  return {
    id,
    group: 1,
    question: "q1",
    text: `Text of ${id}`,
    source: "phone",
    late: false,
    created_at: "2026-03-06T18:00:00Z",
    edited_at: null,
    order: made,
    revision: made,
    theme: null,
    ...more,
  };
}

export function theme(id: string, position: number, more: Partial<Theme> = {}): Theme {
  return { id, label: id, named: true, keywords: [], quotation: null, question: null, position, revision: 1, ...more };
}

export function action(id: string, order: number, more: Partial<Action> = {}): Action {
  return {
    id,
    order,
    by: "Anna",
    actor: "anna",
    at: "2026-03-06T18:00:00Z",
    kind: "theme.place",
    notes: ["a"],
    themes: ["t1"],
    undoes: null,
    undone_by: null,
    skipped: 0,
    revision: order,
    ...more,
  };
}
