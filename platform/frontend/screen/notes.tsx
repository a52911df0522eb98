/** The shared notes in quiet columns, a page at a time. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Store } from "../shared/store";
import type { Note, Question, Workshop } from "../shared/wire";
import { t, tn } from "../shared/words";
import { Corner } from "./corner";
import { Gathering, sharedQuestion } from "./notes_model";
import { PageTurner, usePages } from "./pages";

interface NotesProps {
  store: Store;
  workshop: Workshop;
  address: string;
}

export function Notes({ store, workshop, address }: NotesProps): JSX.Element {
  const question = sharedQuestion(store.questions.value, store.rounds.value);
  return (
    <main class="board board--notes">
      <Corner address={address} code={workshop.code} />
      {question ? (
        <SharedNotes
          key={question.id}
          question={question}
          notes={store.liveNotes().filter((note) => note.question === question.id)}
        />
      ) : (
        <div class="board__middle">
          <h1 class="prompt" data-length="short">
            {t("The notes are not shared yet")}
          </h1>
          <p class="board__line">{t("They appear here when the facilitator shares them.")}</p>
        </div>
      )}
    </main>
  );
}

function SharedNotes({ question, notes }: { question: Question; notes: readonly Note[] }): JSX.Element {
  const gathering = useMemo(() => new Gathering(), []);
  const pages = usePages(notes.length);
  const { shown, waiting } = gathering.take(notes, pages.page.value === 0);
  pages.newsWait(waiting > 0);
  return (
    <>
      <h1 class="board__question" dir="auto">
        {question.prompt}
      </h1>
      {shown.length === 0 && <p class="board__line">{t("No notes yet.")}</p>}
      <ul ref={pages.frame} class="pinned" role="list">
        {shown.map((note) => (
          <li key={note.id} class="note" data-new={gathering.isNew(note.id) || undefined}>
            <span class="badge">
              <span class="visually-hidden">{t("Table")} </span>
              {note.group}
            </span>
            <p class="note__text" dir="auto">
              {note.text}
            </p>
          </li>
        ))}
      </ul>
      <footer class="pinned__foot">
        <p>{tn("%(n)s note", "%(n)s notes", notes.length)}</p>
        <PageTurner pages={pages} />
      </footer>
    </>
  );
}
