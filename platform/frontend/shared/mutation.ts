/** What a client asks to have changed, and what it is answered. */

import type { ScreenView, Side, Voting, WorkshopState } from "./wire";

/** Every kind of change a client can ask for; `id` is made by the client and is the note's own for `note.add`. */
export type Mutation = { id: string } & (
  | { kind: "note.add"; question: string | null; text: string; group?: number }
  | { kind: "note.edit"; note: string; text: string }
  | { kind: "note.withdraw"; note: string }
  | { kind: "note.hide"; note: string; reason: string }
  | { kind: "note.unhide"; note: string }
  | { kind: "group.done"; done: boolean }
  | { kind: "group.add"; name?: string }
  | { kind: "group.rename"; group: number; name: string }
  | { kind: "scribe.take"; take_over?: boolean }
  | { kind: "scribe.leave" }
  | { kind: "round.open"; question: string; minutes?: number }
  | { kind: "round.close"; question: string }
  | { kind: "round.timer"; question: string; minutes: number | null }
  | { kind: "round.share"; question: string; shared: boolean }
  | { kind: "workshop.state"; state: WorkshopState }
  | { kind: "screen.show"; view: ScreenView; theme?: string }
  | { kind: "message.send"; text: string }
  | { kind: "theme.move"; note: string; theme: string | null }
  | { kind: "theme.place"; notes: string[]; theme: string | null }
  | { kind: "theme.add"; label: string; notes?: string[]; question?: string | null }
  | { kind: "theme.rename"; theme: string; label: string }
  | { kind: "theme.confirm"; theme: string; label: string }
  | { kind: "theme.approve"; themes?: Record<string, string>; notes?: Record<string, string | null> }
  | { kind: "theme.merge"; theme: string; into: string }
  | { kind: "theme.remove"; theme: string }
  | { kind: "theme.order"; themes: string[] }
  | { kind: "note.side"; notes: string[]; side: Side | null }
  | { kind: "note.ask"; notes: string[]; asks: boolean }
  | { kind: "note.second"; note: string; theme: string | null }
  | { kind: "action.undo"; action: string }
  | { kind: "sorting.ask" }
  | { kind: "suggestion.accept"; suggestion: string }
  | { kind: "suggestion.dismiss"; suggestion: string }
  | { kind: "vote.open"; on: Voting["on"]; each: Voting["each"]; dots: number; question?: string }
  | { kind: "vote.close"; voting: string }
  | { kind: "vote.cast"; voting: string; target: string; dots: number }
  | { kind: "vote.people"; voting: string; people: number }
  | { kind: "line.add"; section: string; after: string | null; text: string; notes: string[]; theme?: string }
  | { kind: "line.edit"; line: string; text?: string; notes?: string[]; seen: number }
  | { kind: "line.move"; line: string; section: string; after: string | null }
  | { kind: "line.remove"; line: string }
  | { kind: "line.hold"; line: string }
  | { kind: "line.release"; line: string }
  | ({ note: string } | { line: string }) & {
      kind: "finding.decide"; start: number; end: number; words: string; seen: string;
      found: FindingKind; decision: "keep" | "mask"; reason?: string;
    }
);

/** What words that may expose somebody are; `other` is what a person has marked. */
export type FindingKind = "identity" | "email" | "phone" | "address" | "name" | "other";

export interface Result {
  id: string;
  status: "ok" | "duplicate" | "rejected";
  revision?: number;
  code?: string;
  message?: string;
}

export interface PushAnswer {
  revision: number;
  results: Result[];
  retry_after?: number;
}
