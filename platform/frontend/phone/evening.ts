/** One phone's evening at a table: what it knows, what it may do, and which question it looks at. */

import { batch, computed, effect, signal } from "@preact/signals";
import { Connection } from "../shared/connection";
import { newId } from "../shared/ids";
import { Store } from "../shared/store";
import type { Mutation, Question, Round, Voting } from "../shared/wire";
import { lang } from "../shared/words";
import { ownCards, otherTables, tableNotes } from "./cards";
import { Dots } from "./dots";
import { Drafts } from "./drafts";
import { exclusive } from "./lock";
import { Outbox } from "./outbox";
import type { Refused } from "./queued";
import type { Shelf } from "./shelf";
import { Tabs } from "./tabs";
import { clean } from "./text";
import type { Ticket } from "./ticket";

/** A question that has been opened, with its place in the order of the evening. */
export interface Reached {
  question: Question;
  round: Round;
  number: number;
}

/** A change that carries no text. */
export type Wordless =
  | { kind: "group.done"; done: boolean }
  | { kind: "scribe.take"; take_over: boolean }
  | { kind: "scribe.leave" }
  | { kind: "vote.people"; voting: string; people: number };

export class Evening {
  readonly store = new Store();
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly dots: Dots;
  /** The question on the screen. */
  readonly shown = signal<string | null>(null);
  /** A sentence about something that was refused and had no text to keep. */
  readonly notice = signal<string | null>(null);
  /** How many editors of already sent notes are open. */
  readonly editing = signal(0);

  /** Every question that has been opened, in the order of the evening. */
  readonly reached = computed<Reached[]>(() =>
    this.store.questions.value.flatMap((question, index) => {
      const round = this.store.rounds.value.get(question.id);
      return round && round.state !== "waiting" ? [{ question, round, number: index + 1 }] : [];
    }),
  );
  readonly open = computed(() => this.reached.value.find(({ round }) => round.state === "open") ?? null);
  readonly current = computed(() => this.reached.value.find(({ question }) => question.id === this.shown.value) ?? null);
  readonly group = computed(() => this.store.groups.value.get(this.ticket.group) ?? null);
  readonly takesNotes = computed(() => ["open", "closed"].includes(this.store.workshop.value?.state ?? "open"));

  private followed: string | null = null;
  private readonly tabs: Tabs;
  private readonly cleanups: (() => void)[] = [];

  constructor(
    readonly ticket: Ticket,
    readonly shelf: Shelf,
  ) {
    const { code, token } = ticket;
    this.connection = new Connection({ code, token, lang: lang() }, this.store);
    this.drafts = new Drafts(code, shelf);
    this.tabs = new Tabs(code, (word) => (word === "ticket" ? location.reload() : this.refresh()));
    this.outbox = new Outbox(code, ticket.group, {
      shelf,
      send: (mutations) => this.connection.send(mutations),
      exclusive: (work) => exclusive(`${code}/push`, shelf, work),
      changed: () => this.tabs.say("shelf"),
      refused: (result, mutation) => {
        this.notice.value = result.message ?? result.code ?? null;
        if (mutation.kind === "vote.cast") this.dots.refused(mutation, result.code ?? "");
      },
      arrived: (note) => this.store.notes.peek().has(note),
    });
    this.dots = new Dots(`${code}/dots/${ticket.participant}/`, shelf, this.outbox);
  }

  async start(): Promise<void> {
    await Promise.all([this.outbox.refresh(), this.drafts.load(), this.dots.load()]);
    this.connection.start();
    this.cleanups.push(
      effect(() => this.follow()),
      effect(() => void (this.connection.contacts.value && this.outbox.hurry())),
      effect(() => void (this.store.restored.value && this.outbox.resend())),
      this.onLeave(),
    );
  }

  stop(): void {
    for (const cleanup of this.cleanups.splice(0)) cleanup();
    this.connection.stop();
    this.outbox.stop();
    this.tabs.close();
    void this.drafts.save();
  }

  /** This phone took a seat anew; the other tabs must use it too. */
  seated(): void {
    this.tabs.say("ticket");
  }

  cards(question: string) {
    return ownCards(question, this.outbox.own.value, this.outbox.queue.value, this.store.notes.value);
  }

  tableNotes(question: string | null) {
    return tableNotes(question, this.ticket.group, this.outbox.own.value, this.store.liveNotes());
  }

  otherTables(question: string) {
    return otherTables(question, this.ticket.group, this.store.liveNotes());
  }

  /** Who writes for the table: this phone, another one, or nobody. */
  scribe(): "me" | "other" | null {
    const scribe = this.group.value?.scribe;
    if (!scribe) return null;
    return scribe === this.ticket.participant ? "me" : "other";
  }

  /** Whether the table has said that it is done, counting what is still on its way. */
  done(): boolean {
    const pending = this.outbox.queue.value.flatMap(({ mutation }) => (mutation.kind === "group.done" ? mutation.done : []));
    return pending.at(-1) ?? this.group.value?.done ?? false;
  }

  /** Whether a voting is what the hall is busy with: open, or closed and no question opened since. */
  isNews(voting: Voting): boolean {
    const opened = this.reached.value.map(({ round }) => round.opened_at ?? "");
    return voting.open || opened.every((time) => time < (voting.closed_at ?? ""));
  }

  /** How many a table's dots are for, counting what is still on its way. */
  people(voting: Voting): number {
    const pending = this.outbox.queue.value.flatMap(({ mutation }) =>
      mutation.kind === "vote.people" && mutation.voting === voting.id ? mutation.people : [],
    );
    return pending.at(-1) ?? voting.ours?.people ?? 1;
  }

  look(question: string): void {
    batch(() => {
      this.notice.value = null;
      this.shown.value = question;
    });
  }

  /** Keeps the draft of a question as a note. The draft leaves the field at once, so a second tap finds nothing. */
  async write(question: string): Promise<void> {
    const draft = this.drafts.get(question) ?? "";
    const gone = this.drafts.take(question);
    try {
      await this.outbox.add([{ id: newId(), kind: "note.add", question, text: clean(draft) }], gone);
    } catch (error) {
      this.drafts.set(question, draft);
      throw error;
    }
  }

  async rewrite(note: string, text: string): Promise<void> {
    const gone = this.drafts.take(`edit/${note}`);
    await this.outbox.add([{ id: newId(), kind: "note.edit", note, text: clean(text) }], gone);
  }

  /** Gives a begun change up. */
  drop(draft: string): void {
    void this.shelf.change(this.drafts.take(draft));
  }

  withdraw(note: string): Promise<void> {
    return this.outbox.withdraw({ id: newId(), kind: "note.withdraw", note });
  }

  /** Sends a refused text again, changed or not, under a new id; it leaves the tray in the same change. */
  async sendAgain(refused: Refused, text: string): Promise<void> {
    const gone = [this.outbox.outOfTray(refused.id), ...this.drafts.take(`tray/${refused.id}`)];
    await this.outbox.add([this.anew(refused, clean(text))], gone);
  }

  /** What has no text: the table's "done", the scribe's place. */
  async tell(change: Wordless): Promise<void> {
    this.notice.value = null;
    await this.outbox.add([{ id: newId(), ...change }]);
  }

  private refresh(): void {
    void this.outbox.refresh();
    void this.dots.load();
  }

  private anew(refused: Refused, text: string): Mutation {
    const id = newId();
    const another = ["not_yours", "withdrawn", "unknown_note"].includes(refused.code);
    if (refused.kind === "note.edit" && !another) return { id, kind: "note.edit", note: refused.note, text };
    const reached = this.reached.peek().some(({ question }) => question.id === refused.question);
    return { id, kind: "note.add", question: reached ? refused.question : this.shown.peek(), text };
  }

  /** Goes along when the facilitator opens a question, unless somebody is in the middle of a sentence. */
  private follow(): void {
    const open = this.open.value?.question.id ?? null;
    const shown = this.shown.peek();
    if (open === null || open === this.followed) {
      if (shown === null) this.shown.value = this.lastClosed();
      return;
    }
    this.followed = open;
    const busy = shown !== null && (this.drafts.texts.peek().get(shown)?.trim() || this.editing.peek());
    if (!busy) this.shown.value = open;
  }

  private lastClosed(): string | null {
    const closed = [...this.reached.value].sort((a, b) => (a.round.closed_at ?? "").localeCompare(b.round.closed_at ?? ""));
    return closed.at(-1)?.question.id ?? null;
  }

  /** A page that is put away may never come back: what is half done is kept, what waits for an undo goes now. */
  private onLeave(): () => void {
    const leave = () => {
      if (document.visibilityState !== "hidden") return;
      void this.drafts.save();
      void this.outbox.release();
    };
    document.addEventListener("visibilitychange", leave);
    return () => document.removeEventListener("visibilitychange", leave);
  }
}
