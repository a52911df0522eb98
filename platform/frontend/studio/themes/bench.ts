/** What one has in front of oneself when sorting, and what one can do there. One of these a page. */

import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Action, Note, Side, Suggestion, Theme } from "../../shared/wire";
import { t, tn } from "../../shared/words";
import type { Change, Desk } from "../desk";
import { parts } from "../log/deeds";
import { Past } from "../log/past";
import { seenUpTo } from "../prefs";
import { ALL, type Filter } from "../wall_model";
import { Alike } from "./alike";
import { Offers } from "./offers";
import { sideWords } from "./said";
import { sortOut, Still, type Arrangement, type Hand, type Sorting } from "./sorting";
import type { Numbered } from "./typeahead";

export type Place = "hand" | "themes" | "log";

/** The dialog that is open, with what it is about. */
export type Asked =
  | { what: "move" | "second" | "name" | "similar"; notes: readonly Note[] }
  | { what: "merge" | "rename" | "theme"; theme: Theme };

export class Bench {
  readonly past: Past;
  readonly place = signal<Place>("themes");
  readonly hand = signal<Hand>("unplaced");
  readonly selected = signal<ReadonlySet<string>>(new Set());
  readonly folded = signal<ReadonlySet<string>>(new Set());
  /** Keys of the stacks that are opened. */
  readonly opened = signal<ReadonlySet<string>>(new Set());
  readonly dialog = signal<Asked | null>(null);
  /** Acts by others that overtook one's own, and that one has not put away. */
  readonly overtaken = signal<readonly Action[]>([]);
  readonly filter = signal<Filter>({ question: ALL, group: 0, order: "newest" });
  /** The `order` of the last note that one has looked at. */
  readonly seen: Signal<number>;
  /** Whether the focus is among the themes: then they keep their order. */
  readonly among = signal(false);

  private readonly still = new Still();
  private readonly anew = signal(0);

  readonly notes: ReadonlySignal<readonly Note[]>;
  readonly alike: ReadonlySignal<Alike>;
  /** What may belong with what was just placed. */
  readonly offers: Offers;
  readonly sorting: ReadonlySignal<Sorting>;
  readonly arrangement: ReadonlySignal<Arrangement>;
  /** The themes in the order and with the numbers they are shown with. */
  readonly themes: ReadonlySignal<readonly Numbered[]>;

  constructor(readonly desk: Desk) {
    const { store } = desk;
    this.past = new Past(desk, (action) => !action.lines?.length && !action.findings?.length, () => this.putAway());
    this.seen = seenUpTo(desk.boot.code);
    this.notes = computed(() => store.liveNotes().filter((note) => !note.hidden));
    this.alike = computed(() => new Alike(this.notes.value));
    this.offers = new Offers(this.alike, desk.similar);
    this.sorting = computed(() =>
      sortOut(this.notes.value, store.liveThemes(), store.workshop.value?.theme_order ?? "groups"),
    );
    this.arrangement = computed(() => {
      void this.anew.value;
      return this.still.take(this.sorting.value, this.busy);
    });
    this.themes = computed(() =>
      [...this.arrangement.value.ranked, ...this.arrangement.value.singles].map((id, index) => ({
        number: index + 1,
        theme: this.sorting.value.heaps.get(id)!.theme,
      })),
    );
  }

  /** Shows the ranking as it has become. */
  arrangeAnew(): void {
    this.still.forget();
    this.anew.value++;
  }

  private get busy(): boolean {
    return this.among.value || this.selected.value.size > 0 || this.dialog.value !== null;
  }

  labelOf(theme: string): string | undefined {
    const found = this.desk.store.themes.value.get(theme);
    return found && !found.gone ? found.label : undefined;
  }

  /** The notes that are selected and still there. */
  chosen(): Note[] {
    return this.notes.value.filter((note) => this.selected.value.has(note.id));
  }

  notesIn(theme: string): readonly Note[] {
    return this.sorting.value.heaps.get(theme)?.notes ?? [];
  }

  /** The one theme that all of some notes lie in. */
  themeOf(notes: readonly Note[]): Theme | undefined {
    const [id, ...others] = new Set(notes.map((note) => note.theme));
    return id && !others.length ? this.sorting.value.heaps.get(id)?.theme : undefined;
  }

  /** Those of some ids that are still there. */
  notesBy(ids: readonly string[]): readonly Note[] {
    return this.notes.peek().filter((note) => ids.includes(note.id));
  }

  selectAll(notes: readonly Note[]): void {
    this.selected.value = new Set([...this.selected.peek(), ...notes.map((note) => note.id)]);
  }

  /** Folds all themes, or unfolds them when none is open. */
  foldAll(): void {
    const ids = this.themes.peek().map(({ theme }) => theme.id);
    const anyOpen = ids.some((id) => !this.folded.peek().has(id));
    this.folded.value = new Set(anyOpen ? ids : []);
  }

  toggle(notes: readonly Note[]): void {
    const selected = new Set(this.selected.peek());
    const on = !notes.every((note) => selected.has(note.id));
    for (const note of notes) {
      if (on) selected.add(note.id);
      else selected.delete(note.id);
    }
    this.selected.value = selected;
  }

  /** Into a theme, or out of all; then what is alike is offered. */
  move(notes: readonly Note[], theme: Theme | null): void {
    const moving = notes.filter((note) => (note.theme ?? null) !== (theme?.id ?? null));
    // One that is left where the computer put it is thereby placed by a person.
    const ids = (moving.length ? moving : notes).map((note) => note.id);
    if (!ids.length) return;
    const words = theme
      ? tn("%(n)s note moved to %(theme)s.", "%(n)s notes moved to %(theme)s.", ids.length, { theme: theme.label })
      : tn("%(n)s note is not placed.", "%(n)s notes are not placed.", ids.length);
    const offer = theme ? this.offers.prepare(notes, theme) : undefined;
    const to = theme?.id ?? null;
    this.past.do(parts(ids).map((some) => ({ kind: "theme.place", notes: some, theme: to })), words, offer);
  }

  markSeen(): void {
    this.seen.value = Math.max(0, this.seen.peek(), ...this.notes.peek().map((note) => note.order));
  }

  takeOffered(): void {
    const offer = this.offers.now.peek();
    if (offer) this.move(offer.notes, offer.theme);
  }

  add(label: string, notes: readonly Note[]): void {
    const change: Change = { kind: "theme.add", label, notes: notes.map((note) => note.id) };
    this.act(change, tn("New theme %(theme)s with %(n)s note.", "New theme %(theme)s with %(n)s notes.", notes.length, { theme: label }));
  }

  rename(theme: Theme, label: string): void {
    this.act({ kind: "theme.rename", theme: theme.id, label }, t("The theme is now called %(theme)s.", { theme: label }));
  }

  confirm(theme: Theme): void {
    if (theme.named) return;
    const { id, label } = theme;
    this.act({ kind: "theme.confirm", theme: id, label }, t("The theme %(theme)s is confirmed.", { theme: label }));
  }

  merge(theme: Theme, into: Theme): void {
    this.act({ kind: "theme.merge", theme: theme.id, into: into.id }, t("Merged into %(theme)s.", { theme: into.label }));
  }

  remove(theme: Theme): void {
    this.act({ kind: "theme.remove", theme: theme.id }, t("The theme is removed. Its notes are not placed."));
  }

  /** One step up or down in an order that then is people's own. */
  step(theme: Theme, by: 1 | -1): void {
    const ids = this.themes.peek().map((one) => one.theme.id);
    const from = ids.indexOf(theme.id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= ids.length) return;
    [ids[from], ids[to]] = [ids[to]!, ids[from]!];
    this.act({ kind: "theme.order", themes: ids }, t("%(theme)s is now number %(number)s.", { theme: theme.label, number: to + 1 }));
  }

  orderByGroups(): void {
    this.act({ kind: "theme.order", themes: [] }, t("The themes are ordered by how many tables stand behind them."));
  }

  /** The same side once more takes it away. */
  side(notes: readonly Note[], side: Side): void {
    if (!notes.length) return;
    const already = notes.every((note) => note.side === side);
    const words = already ? t("No side.") : sideWords(side);
    const ids = parts(notes.map((note) => note.id));
    this.past.do(ids.map((some) => ({ kind: "note.side", notes: some, side: already ? null : side })), words);
  }

  /** A proposed or an unmarked one becomes a question; one that is marked no longer is. */
  ask(notes: readonly Note[]): void {
    if (!notes.length) return;
    this.answer(notes, !notes.every((note) => note.asks === "yes"));
  }

  answer(notes: readonly Note[], asks: boolean): void {
    const words = asks ? t("Marked as a question that needs an answer.") : t("Not a question.");
    const ids = parts(notes.map((note) => note.id));
    this.past.do(ids.map((some) => ({ kind: "note.ask", notes: some, asks })), words);
  }

  second(note: Note, theme: Theme | null): void {
    const words = theme ? t("The note is also referred to from %(theme)s.", { theme: theme.label }) : t("The reference is removed.");
    this.act({ kind: "note.second", note: note.id, theme: theme?.id ?? null }, words);
  }

  askForSorting(): void {
    this.act({ kind: "sorting.ask" }, t("A new sorting will be suggested here."));
  }

  decide({ id: suggestion }: Suggestion, accepted: boolean): void {
    if (accepted) this.act({ kind: "suggestion.accept", suggestion }, t("The suggestion is accepted."));
    else this.act({ kind: "suggestion.dismiss", suggestion }, t("The suggestion is dismissed."));
  }

  private act(change: Change, words: string): void {
    this.past.do([change], words);
  }

  /** What was selected, and offered, was for the last thing that was done. */
  private putAway(): void {
    batch(() => {
      if (this.selected.peek().size) this.selected.value = new Set();
      this.offers.withdraw();
    });
  }
}

export const BenchContext = createContext<Bench | null>(null);

export function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (!bench) throw new Error("rendered outside the themes");
  return bench;
}
