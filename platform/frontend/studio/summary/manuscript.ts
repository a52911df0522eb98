/** The summary as one writes it: where one is, what one has in front of oneself, and what one can do. One of these a page. */

import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { ServerError, Unreachable } from "../../shared/push";
import type { Note, SummaryLine } from "../../shared/wire";
import { t } from "../../shared/words";
import type { Desk } from "../desk";
import { Past } from "../log/past";
import { nameOf } from "../themes/said";
import { sortOut, type Sorting } from "../themes/sorting";
import type { Spot, Words } from "./draft";
import { Drawer, type Shelf } from "./drawer";
import { marksOf } from "./marks";
import { isWritten, outline, type Section } from "./outline";
import { Pens } from "./pens";
import { pickable } from "./picks";
import { rowsOf, type Row } from "./rows";

export type Place = "outline" | "lines" | "sources";

/** The dialog that is open, with the line that it is about. */
export interface Asked {
  what: "move" | "versions" | "line";
  line: SummaryLine;
}

/** Lines to begin with in a section, for whoever asked; null when nobody answered. */
export interface Offer {
  section: string;
  drafts: readonly Words[] | null;
}

const NO_WORDS: Words = { text: "", notes: [] };

export class Manuscript {
  readonly past: Past;
  readonly pens: Pens;
  readonly place = signal<Place>("lines");
  readonly dialog = signal<Asked | null>(null);
  /** The line that the sources are picked for: the last that one was at. */
  readonly current = signal<string | null>(null);
  /** The line that is open to be written in. */
  readonly writing = signal<string | null>(null);
  readonly offered = signal<Offer | null>(null);
  /** The section whose notes are shown to pick among, when it is not the one that is written. */
  readonly shelf = signal<string | null>(null);
  readonly sought = signal("");

  private readonly key = signal("intro");

  readonly notes: ReadonlySignal<readonly Note[]>;
  readonly byId: ReadonlySignal<ReadonlyMap<string, Note>>;
  readonly marks: ReadonlySignal<ReadonlyMap<string, string>>;
  readonly sorting: ReadonlySignal<Sorting>;
  readonly sections: ReadonlySignal<readonly Section[]>;
  readonly section: ReadonlySignal<Section>;
  readonly rows: ReadonlySignal<readonly Row[]>;
  /** The notes to pick sources among. */
  readonly pickable: ReadonlySignal<readonly Note[]>;

  constructor(
    readonly desk: Desk,
    shelf: Shelf,
  ) {
    const { store } = desk;
    this.past = new Past(desk, (action) => Boolean(action.lines?.length), () => undefined);
    this.pens = new Pens(store, desk.connection, new Drawer(shelf, desk.boot.code));
    this.notes = computed(() => store.liveNotes().filter((note) => !note.hidden));
    this.byId = computed(() => new Map(this.notes.value.map((note) => [note.id, note])));
    this.marks = computed(() => marksOf(store.notes.value.values()));
    this.sorting = computed(() =>
      sortOut(this.notes.value, store.liveThemes(), store.workshop.value?.theme_order ?? "groups"),
    );
    this.sections = computed(() =>
      outline({
        notes: this.notes.value,
        questions: store.questions.value,
        groups: [...store.groups.value.values()].sort((a, b) => a.number - b.number),
        sorting: this.sorting.value,
        lines: store.liveLines(),
      }),
    );
    this.section = computed(() => this.sections.value.find(({ key }) => key === this.key.value) ?? this.sections.value[0]!);
    this.rows = computed(() => {
      const keys = new Set(this.sections.value.map(({ key }) => key));
      return rowsOf(this.section.value, this.pens.all.value, keys);
    });
    this.pickable = computed(() => {
      const shelf = this.sections.value.find(({ key }) => key === this.shelf.value) ?? this.section.value;
      const own = this.rowOf(this.current.value)?.notes.flatMap((id) => this.byId.value.get(id) ?? []) ?? [];
      return pickable(own, shelf.notes, this.sought.value, this.marks.value);
    });
  }

  watch(): () => void {
    const stops = [this.past.deeds.watch(), this.pens.watch()];
    return () => stops.forEach((stop) => stop());
  }

  /** Whether nothing can be changed any more. */
  get closed(): boolean {
    const state = this.desk.store.workshop.value?.state;
    return state === "adopted" || state === "purged";
  }

  go(key: string): void {
    batch(() => {
      this.layDown();
      this.key.value = key;
      this.place.value = "lines";
      this.current.value = null;
      this.shelf.value = null;
      this.sought.value = "";
    });
  }

  /** To the next part, or the one before. */
  step(by: 1 | -1): void {
    const keys = this.sections.peek().map(({ key }) => key);
    const next = keys[keys.indexOf(this.section.peek().key) + by];
    if (next !== undefined) this.go(next);
  }

  rowOf(id: string | null): Row | undefined {
    return this.rows.value.find((row) => row.id === id);
  }

  /** Who else writes in a line now. */
  heldBy({ line }: Row): string | null {
    const { held } = line ?? {};
    if (!held || held.actor === this.desk.me) return null;
    return Date.parse(held.until) > Date.now() + this.desk.store.skew.value ? nameOf(held.by) : null;
  }

  /** Opens a line to be written in. */
  write(row: Row): void {
    if (this.closed || this.heldBy(row) || this.writing.peek() === row.id) return;
    batch(() => {
      this.layDown();
      this.pens.takeUp(row.id);
      this.writing.value = this.current.value = row.id;
      this.place.value = "lines";
    });
  }

  /** Closes the line that is open. */
  layDown(): void {
    const id = this.writing.peek();
    if (id === null) return;
    batch(() => {
      this.writing.value = null;
      this.pens.layDown(id);
    });
  }

  /** Begins a line after another, last when there is none. */
  begin(after: Row | undefined = this.rows.peek().at(-1), words: Words = NO_WORDS): void {
    if (this.closed || !isWritten(this.section.peek())) return;
    batch(() => {
      this.layDown();
      const id = this.pens.begin(this.spotAfter(after), words);
      this.writing.value = this.current.value = id;
      this.place.value = "lines";
    });
  }

  /** Sends once more what was refused; as a line of its own what its line cannot take, for a refusal of an id is final. */
  again(row: Row): void {
    if (row.pen?.state === "refused" && !row.pen.fresh) return this.pens.write(row.id, {});
    batch(() => {
      const id = this.pens.anew(row.id, this.spotAfter(row));
      this.writing.value = this.current.value = id;
    });
  }

  /** Picks notes as sources of the line that one is at, or leaves them out when all are picked; else begins a line. */
  pick(ids: readonly string[]): void {
    const row = this.rowOf(this.current.peek());
    if (this.closed || !ids.length) return;
    if (!row) return this.begin(undefined, { text: "", notes: ids });
    if (this.heldBy(row)) return;
    const out = ids.every((id) => row.notes.includes(id));
    const rest = row.notes.filter((id) => !ids.includes(id));
    this.pens.write(row.id, { notes: out ? rest : [...row.notes, ...ids.filter((id) => !row.notes.includes(id))] });
  }

  /** One step up or down among the lines of the section. */
  shift({ line }: Row, by: 1 | -1): void {
    const { key, lines } = this.section.peek();
    const own = lines.filter((one) => one.section === key);
    const at = own.findIndex((one) => one.id === line?.id);
    if (!line || !own[at + by]) return;
    const after = by === 1 ? own[at + 1]! : own[at - 2];
    this.past.do(
      [{ kind: "line.move", line: line.id, section: key, after: after?.id ?? null }],
      t("The line is now number %(number)s.", { number: at + by + 1 }),
    );
  }

  /** Last in another section. */
  moveTo(line: SummaryLine, { key, lines }: Section, title: string): void {
    const after = lines.filter((one) => one.section === key).at(-1)?.id ?? null;
    this.past.do([{ kind: "line.move", line: line.id, section: key, after }], t("The line is moved to %(section)s.", { section: title }));
  }

  remove({ id, line }: Row): void {
    if (!line) return this.drop(id);
    this.past.do([{ kind: "line.remove", line: id }], t("The line is removed."));
  }

  /** Throws away what the server does not have. */
  drop(id: string): void {
    batch(() => {
      if (this.writing.peek() === id) this.writing.value = null;
      this.pens.drop(id);
    });
  }

  /** Offers lines to begin with. */
  async offer(): Promise<void> {
    const { key: section } = this.section.peek();
    try {
      this.offered.value = { section, drafts: await this.desk.lines.drafts(section) };
    } catch (error) {
      if (!(error instanceof ServerError || error instanceof Unreachable)) throw error;
      this.offered.value = { section, drafts: null };
    }
  }

  take(draft: Words): void {
    const offer = this.offered.peek();
    if (offer?.drafts) this.offered.value = { ...offer, drafts: offer.drafts.filter((one) => one !== draft) };
    this.begin(undefined, draft);
  }

  private spotAfter(row: Row | undefined): Spot {
    return { section: this.section.peek().key, after: (row ?? this.rows.peek().at(-1))?.id ?? null };
  }
}

export const ManuscriptContext = createContext<Manuscript | null>(null);

export function useManuscript(): Manuscript {
  const manuscript = useContext(ManuscriptContext);
  if (!manuscript) throw new Error("rendered outside the summary");
  return manuscript;
}
