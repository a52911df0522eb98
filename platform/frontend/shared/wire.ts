/** What goes over the wire, as types. The prose is docs/wire.md; the two are changed together. */

export type WorkshopState = "draft" | "open" | "closed" | "under_review" | "adopted" | "purged";
export type ScreenView = "join" | "question" | "notes";
export type RoundState = "waiting" | "open" | "closed";
export type Source = "phone" | "scribe" | "paper" | "import";

export interface Workshop {
  code: string;
  title: string;
  held_on: string | null;
  place: string;
  language: string;
  state: WorkshopState;
  screen: ScreenView;
  message: string;
  message_at: string | null;
}

export interface Question {
  id: string;
  prompt: string;
  help: string;
  easy: string;
  kind: string;
}

export interface Round {
  question: string;
  state: RoundState;
  shared: boolean;
  opened_at: string | null;
  closed_at: string | null;
  ends_at: string | null;
  revision: number;
}

/** The counts come to studio and screen only. */
export interface Group {
  number: number;
  name: string;
  done: boolean;
  scribe: string | null;
  revision: number;
  notes?: number;
  by_question?: Record<string, number>;
  late?: number;
  joined?: number;
  joined_late?: number;
  last_note_at?: string | null;
}

export interface Note {
  id: string;
  group: number;
  question: string | null;
  text: string;
  source: Source;
  late: boolean;
  created_at: string;
  edited_at: string | null;
  order: number;
  revision: number;
  theme?: string | null;
  hidden?: { reason: string; by: string; at: string };
  gone?: false;
}

/** A note that this room may no longer see; `why` is the facilitator's reason, told to the note's own group. */
export interface GoneNote {
  id: string;
  group: number;
  question: string | null;
  revision: number;
  text: null;
  gone: true;
  reason?: "withdrawn" | "hidden" | "unshared";
  why?: string;
}

export interface Theme {
  id: string;
  label: string;
  question: string | null;
  position: number;
  revision: number;
  gone?: boolean;
}

export interface Changes {
  from: number;
  revision: number;
  now: string;
  you?: { participant: string; group: number };
  workshop?: Workshop;
  questions?: Question[];
  rounds?: Round[];
  groups?: Group[];
  notes?: (Note | GoneNote)[];
  themes?: Theme[];
  /** What everything that this client may see whole comes to, when it asked for it; see `Store.state`. */
  state?: string;
}

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
  | { kind: "screen.show"; view: ScreenView }
  | { kind: "message.send"; text: string }
  | { kind: "theme.move"; note: string; theme: string | null }
);

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

export interface Joined {
  token: string;
  participant: string;
  group: number;
  revision: number;
}

/** What the door says of a workshop before one joins. */
export interface Doorplate {
  code: string;
  title: string;
  held_on: string | null;
  place: string;
  language: string;
  state: WorkshopState;
  groups: { number: number; name: string }[];
}
