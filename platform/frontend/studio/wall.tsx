/** The wall: every note as it comes in, filtered, and never moved under the eyes of the one who reads. */

import { batch, useComputed, useSignal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Note } from "../shared/wire";
import { t, tn } from "../shared/words";
import { Announcer } from "./announcer";
import { tableName, Tool } from "./controls";
import { useDesk } from "./desk";
import { Filters } from "./filters";
import { NoteCard } from "./note_card";
import { ALL, Arrivals, select, type Filter } from "./wall_model";

/** As many as one can scroll through without the page growing heavy. */
const PAGE = 200;

export function Wall({ filter }: { filter: Signal<Filter> }): JSX.Element {
  const { store } = useDesk();
  const top = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const reading = useReading(top, list);
  const limit = useSignal(PAGE);
  const chosen = filter.value;
  const arrivals = useMemo(() => new Arrivals(), [chosen]);
  const known = store.notes.value;
  const notes = useMemo(
    () => select(store.liveNotes(), chosen, store.questions.value),
    [known, chosen, store.questions.value],
  );
  const { shown, waiting } = arrivals.take(notes, reading.now.value);
  const showNew = () => {
    reading.end();
    top.current?.scrollIntoView({ block: "end" });
    document.getElementById("wall-heading")?.focus({ preventScroll: true });
  };
  return (
    <>
      <Filters filter={filter} shown={notes.length} />
      <Announcer notes={store.liveNotes().length} />
      <div ref={top} class="wall-top" />
      {waiting > 0 && <WaitingNotes count={waiting} onShow={showNew} />}
      <div ref={list} class="stack">
        {shown.length === 0 && <p class="empty">{emptyWords(known.size, chosen)}</p>}
        <Notes notes={shown.slice(0, limit.value)} filter={chosen} arrivals={arrivals} />
        {shown.length > limit.value && (
          <Tool onPress={() => (limit.value += PAGE)}>
            {t("Show %(n)s more", { n: Math.min(PAGE, shown.length - limit.value) })}
          </Tool>
        )}
      </div>
    </>
  );
}

function WaitingNotes({ count, onShow }: { count: number; onShow: () => void }): JSX.Element {
  return (
    <Tool class="wall-waiting" variant="primary" onPress={onShow}>
      {tn("%(n)s new note", "%(n)s new notes", count)}
    </Tool>
  );
}

function emptyWords(known: number, filter: Filter): string {
  if (filter.question !== ALL || filter.group) return t("No note fits this choice.");
  return known ? t("All notes have been withdrawn.") : t("No notes yet. They appear here as they come in.");
}

interface NotesProps {
  notes: readonly Note[];
  filter: Filter;
  arrivals: Arrivals;
}

/** One list, or one a table under its own heading. */
function Notes({ notes, filter, arrivals }: NotesProps): JSX.Element | null {
  const { store } = useDesk();
  if (!notes.length) return null;
  const cards = (some: readonly Note[], showTable: boolean) => (
    <ul class="notes" role="list">
      {some.map((note) => (
        <NoteCard
          key={note.id}
          note={note}
          showQuestion={filter.question === ALL}
          showTable={showTable}
          isNew={arrivals.isNew(note.id)}
        />
      ))}
    </ul>
  );
  if (filter.order === "newest") return cards(notes, true);
  const numbers = [...new Set(notes.map((note) => note.group))];
  return (
    <>
      {numbers.map((number) => (
        <section key={number} class="stack" data-gap="tight" aria-labelledby={`wall-table-${number}`}>
          <h3 id={`wall-table-${number}`}>{tableName(store.groups.value.get(number) ?? { number, name: "" })}</h3>
          {cards(
            notes.filter((note) => note.group === number),
            false,
          )}
        </section>
      ))}
    </>
  );
}

interface Reading {
  /** Somebody is in the middle of the wall: it is scrolled away from its top, or the focus is in a note. */
  now: ReadonlySignal<boolean>;
  end(): void;
}

function useReading(top: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>): Reading {
  const away = useSignal(false);
  const focused = useSignal(false);
  const now = useComputed(() => away.value || focused.value);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => (away.value = !entries.at(-1)!.isIntersecting));
    observer.observe(top.current!);
    const follow = (event: FocusEvent) => {
      // A window in the background has no focus to lose: its reader comes back to the same note.
      if (!document.hasFocus()) return;
      const to = event.type === "focusin" ? event.target : event.relatedTarget;
      focused.value = to instanceof Node && (list.current?.contains(to) ?? false);
    };
    document.addEventListener("focusin", follow);
    document.addEventListener("focusout", follow);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", follow);
      document.removeEventListener("focusout", follow);
    };
  }, []);
  return { now, end: () => batch(() => (away.value = focused.value = false)) };
}
