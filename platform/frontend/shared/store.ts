/**
 * What this client knows of the workshop, as signals. Fed by `Connection` only; views read the signals.
 *
 * Things are kept by id, the higher revision winning, so that messages may come late, twice or in the wrong order.
 * A note that went away stays as a `GoneNote`, or an older message could bring it back; a theme likewise.
 */

import { batch, signal, type Signal } from "@preact/signals";
import { crc32 } from "./crc32";
import type {
  Action, Changes, Colleague, GoneLine, GoneNote, GoneSuggestion, GoneTheme, Group, Note, Question, Round, Seat,
  ShownTheme, Suggestion, SummaryLine, Theme, Voting, Workshop,
} from "./wire";

export class Store {
  readonly workshop = signal<Workshop | null>(null);
  readonly questions = signal<readonly Question[]>([]);
  readonly rounds = signal<ReadonlyMap<string, Round>>(new Map());
  readonly groups = signal<ReadonlyMap<number, Group>>(new Map());
  readonly notes = signal<ReadonlyMap<string, Note | GoneNote>>(new Map());
  readonly themes = signal<ReadonlyMap<string, Theme | GoneTheme>>(new Map());
  readonly actions = signal<ReadonlyMap<string, Action>>(new Map());
  readonly suggestions = signal<ReadonlyMap<string, Suggestion | GoneSuggestion>>(new Map());
  readonly votings = signal<ReadonlyMap<string, Voting>>(new Map());
  readonly lines = signal<ReadonlyMap<string, SummaryLine | GoneLine>>(new Map());
  /** The themes on the screen. */
  readonly shownThemes = signal<readonly ShownTheme[]>([]);
  readonly you = signal<Seat | Colleague | null>(null);
  /** Server time minus this device's, in milliseconds. */
  readonly skew = signal(0);
  /** The revision up to which this client knows everything it may; -1 before the first answer. */
  readonly known = signal(-1);
  /** How many times this client has had to start over from what the server has. */
  readonly restored = signal(0);

  /** Takes in a message, or says "gap" when something before it was missed and a sync is needed. */
  apply(changes: Changes): "applied" | "gap" {
    if (changes.from > Math.max(this.known.value, 0)) return "gap";
    batch(() => this.takeIn(changes));
    return "applied";
  }

  /** Believes a snapshot about everything: the server was restored to an earlier state, or a message went astray. */
  startOver(snapshot: Changes): void {
    batch(() => {
      const { rounds, groups, notes, themes, actions, suggestions, votings, lines } = this;
      for (const map of [rounds, groups, notes, themes, actions, suggestions, votings, lines]) map.value = new Map();
      this.questions.value = [];
      this.known.value = -1;
      this.takeIn(snapshot);
      this.restored.value++;
    });
  }

  /** What all of it comes to: the number that the server has for the same things, by docs/wire.md. */
  state(): string {
    const lines: string[] = [];
    for (const { id, revision, gone } of this.notes.peek().values()) if (!gone) lines.push(`note ${id} ${revision}`);
    for (const { question, revision } of this.rounds.peek().values()) lines.push(`round ${question} ${revision}`);
    for (const { number, revision } of this.groups.peek().values()) lines.push(`group ${number} ${revision}`);
    for (const { id, revision, gone } of this.themes.peek().values()) if (!gone) lines.push(`theme ${id} ${revision}`);
    for (const { id, revision } of this.votings.peek().values()) lines.push(`voting ${id} ${revision}`);
    for (const { id, revision, gone } of this.lines.peek().values()) if (!gone) lines.push(`line ${id} ${revision}`);
    return crc32(lines.sort().join("\n"));
  }

  /** The text-bearing notes in the order they came in. */
  liveNotes(): Note[] {
    const live: Note[] = [];
    for (const note of this.notes.value.values()) if (!note.gone) live.push(note);
    return live.sort((a, b) => a.order - b.order);
  }

  /** The themes that there are, by position. */
  liveThemes(): Theme[] {
    const live: Theme[] = [];
    for (const theme of this.themes.value.values()) if (!theme.gone) live.push(theme);
    return live.sort((a, b) => a.position - b.position);
  }

  /** The summary's lines, those of each section in their order. */
  liveLines(): SummaryLine[] {
    const live: SummaryLine[] = [];
    for (const line of this.lines.value.values()) if (!line.gone) live.push(line);
    return live.sort((a, b) => byKey(a.order, b.order) || byKey(a.id, b.id));
  }

  /** The last voting, open or closed. */
  lastVoting(): Voting | null {
    const held = [...this.votings.value.values()];
    return held.sort((a, b) => (a.opened_at ?? "").localeCompare(b.opened_at ?? "")).at(-1) ?? null;
  }

  /** The log, the oldest first. */
  log(): Action[] {
    return [...this.actions.value.values()].sort((a, b) => a.order - b.order);
  }

  private takeIn(changes: Changes): void {
    this.skew.value = Date.parse(changes.now) - Date.now() || 0;
    if (changes.you) this.you.value = changes.you;
    // Come late: all of it is known, and what it names may have gone since without having left a trace here.
    if (changes.revision <= this.known.value) return;
    if (changes.workshop) {
      this.workshop.value = changes.workshop;
      this.groups.value = stillThere(this.groups.peek(), changes);
    }
    if (changes.questions) this.questions.value = changes.questions;
    merge(this.rounds, changes.rounds, (round) => round.question);
    merge(this.groups, changes.groups, (group) => group.number);
    merge(this.notes, changes.notes, (note) => note.id);
    merge(this.themes, changes.themes, (theme) => theme.id);
    merge(this.actions, changes.actions, (action) => action.id);
    merge(this.suggestions, changes.suggestions, (suggestion) => suggestion.id);
    merge(this.votings, changes.votings, (voting) => voting.id);
    merge(this.lines, changes.lines, (line) => line.id);
    const { shown_theme: one, shown_themes: all } = changes;
    if (all) this.shownThemes.value = all;
    else if (one !== undefined) this.shownThemes.value = one ? [one] : [];
    this.known.value = changes.revision;
  }
}

/** By their letters, as the server orders them; not as a language would. */
function byKey(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** With the workshop comes every table that there is: one that is not named is gone. */
function stillThere(groups: ReadonlyMap<number, Group>, changes: Changes): ReadonlyMap<number, Group> {
  const named = new Set(changes.groups?.map((group) => group.number));
  return new Map([...groups].filter(([number]) => named.has(number)));
}

function merge<K, V extends { revision: number }>(
  into: Signal<ReadonlyMap<K, V>>,
  news: readonly V[] | undefined,
  key: (value: V) => K,
): void {
  if (!news?.length) return;
  const merged = new Map(into.peek());
  for (const value of news) {
    const old = merged.get(key(value));
    if (!old || value.revision >= old.revision) merged.set(key(value), value);
  }
  into.value = merged;
}
