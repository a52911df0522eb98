/** What goes over the wire, as types. The prose is docs/wire.md; the two are changed together. */

export type { FindingKind, Mutation, PushAnswer, Result } from "./mutation";

export type WorkshopState = "draft" | "open" | "closed" | "under_review" | "adopted" | "purged";
export type ScreenView = "join" | "question" | "notes" | "theme" | "themes" | "votes";
export type RoundState = "waiting" | "open" | "closed";
export type Source = "phone" | "scribe" | "paper" | "import";

/** For, against, or on a condition. */
export type Side = "for" | "against" | "condition";
/** Whether a note is a question that needs an answer; `maybe` is the machine's proposal. */
export type Asks = "yes" | "no" | "maybe";

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
  /** Studio only: by how many groups stand behind each, or by `position`. */
  theme_order?: "groups" | "own";
  /** Studio only: how far the machine has come; `simple` when it has words alone to go by. */
  sorting?: { state: "waiting" | "working" | "idle"; method: "e5" | "simple" | null; at: string | null };
  /** Studio only: the one theme that the screen shows. */
  screen_theme?: string | null;
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
  /** From here on to the studio only. `place` orders the notes of a theme, then `order`. */
  theme?: string | null;
  place?: number | null;
  by_person?: boolean;
  sure?: boolean;
  second?: string | null;
  side?: Side | null;
  asks?: Asks | null;
  /** Notes that say nearly the same; of notes with the same words, the first by id has it and is named in it. */
  near?: string[];
  /** Who typed it in from paper. */
  entered_by?: string;
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
  /** Studio only: it keeps its number among its group's notes. */
  order?: number;
}

/** `named`: by a person; else the label is a suggestion. `quotation` is the note that speaks for it. */
export interface Theme {
  id: string;
  label: string;
  named: boolean;
  keywords: string[];
  quotation: string | null;
  question: string | null;
  position: number;
  revision: number;
  gone?: false;
}

/** A theme that was removed. */
export interface GoneTheme {
  id: string;
  revision: number;
  gone: true;
}

/**
 * One act of sorting, for the log; `by` null is the machine. `notes` and `themes` are those that it changed, and
 * where notes were placed. `undone_by` tells that it was taken back, `skipped` what an undo had to leave as it was.
 */
export interface Action {
  id: string;
  by: string | null;
  /** Whose it is: that of `Changes.you` for one's own. */
  actor: string;
  at: string;
  kind: string;
  notes: string[];
  themes: string[];
  lines?: string[];
  /** The decisions on names and details that it changed. */
  findings?: string[];
  undoes: string | null;
  undone_by: string | null;
  skipped: number;
  /** Its place in the log: as for notes. */
  order: number;
  revision: number;
}

/** What the machine proposes; nothing of it happens until a person accepts it. */
export type Suggestion = { id: string; revision: number; gone?: false } & (
  | { kind: "split"; theme: string | null; notes: string[]; label: string }
  | { kind: "merge"; theme: string; into: string }
  | {
      kind: "resort";
      moves: { note: string; from: string | null; to: string | null; sure: boolean }[];
      themes: { id: string; label: string; keywords: string[]; quotation: string | null }[];
    }
);

/** A suggestion that was decided on, or that no longer fits. */
export interface GoneSuggestion {
  id: string;
  revision: number;
  gone: true;
}

/** One paragraph of the summary that somebody stands for, with the notes it is built on. */
export interface SummaryLine {
  id: string;
  /** Where it stands: "intro", "theme:<id>", "question:<id>", "group:<number>", "tensions", "answers" or "voices". */
  section: string;
  /** Its place among the lines of the section: they stand in the order of these words. */
  order: string;
  text: string;
  notes: string[];
  theme: string | null;
  /** Who wrote it last, and when; empty and null of one that came with a file. */
  by: string;
  at: string | null;
  /** Who writes in it now, until when unless it is said again. */
  held: { by: string; actor: string; until: string } | null;
  revision: number;
  gone?: false;
}

/** A line that was removed. */
export interface GoneLine {
  id: string;
  revision: number;
  gone: true;
}

/** A theme as far as the hall sees it; its place among all that have notes. */
export interface ShownTheme {
  id: string;
  label: string;
  groups: number[];
  position: number;
  of: number;
  /** Only when it is shown alone. */
  quotation?: { text: string; group: number } | null;
}

/** What dots can be laid on. A note's `text` is empty: its words are among the notes, while it may be read. */
export interface Choice {
  id: string;
  text: string;
}

/** One voting with dots. `result`, the most dots first, and `voters` are told when it has closed. */
export interface Voting {
  id: string;
  on: "themes" | "notes";
  each: "person" | "table";
  dots: number;
  question: string | null;
  open: boolean;
  opened_at: string | null;
  closed_at: string | null;
  choices: Choice[];
  result: (Choice & { dots: number })[] | null;
  /** Dots on what was gone when it closed. */
  lost: number;
  /** How many have laid dots; the studio is told while it is open too. */
  voters: number;
  /** A table's own dots, to its phones, while the voting is open and the table's scribe lays them. */
  ours?: { people: number; dots: Record<string, number> };
  revision: number;
}

/** A phone's own seat. */
export interface Seat {
  participant: string;
  group: number;
}

/** Who one is in the studio. */
export interface Colleague {
  name: string;
  actor: string;
  role: string;
}

export interface Changes {
  from: number;
  revision: number;
  now: string;
  you?: Seat | Colleague;
  workshop?: Workshop;
  questions?: Question[];
  rounds?: Round[];
  groups?: Group[];
  notes?: (Note | GoneNote)[];
  themes?: (Theme | GoneTheme)[];
  /** New and newly undone ones of the last hundred. */
  actions?: Action[];
  suggestions?: (Suggestion | GoneSuggestion)[];
  votings?: Voting[];
  /** Studio only, for those who write the summary. */
  lines?: (SummaryLine | GoneLine)[];
  /** Screen only: the theme that it shows, null when that is gone; or all of them, in their order. */
  shown_theme?: ShownTheme | null;
  shown_themes?: ShownTheme[];
  /** What everything that this client may see whole comes to, when it asked for it; see `Store.state`. */
  state?: string;
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
