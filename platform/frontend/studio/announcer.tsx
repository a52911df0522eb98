/** Tells those who listen that notes came in: seldom, together, and never while they write. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { tn } from "../shared/words";
import { isTyping } from "./keys";
import { announceNotes } from "./prefs";

const WINDOW = 8000;

export function Announcer({ notes }: { notes: number }): JSX.Element {
  const said = useSignal("");
  const latest = useRef(notes);
  const told = useRef(notes);
  latest.current = notes;
  useEffect(() => {
    const timer = setInterval(() => {
      const news = latest.current - told.current;
      if (isTyping(document.activeElement)) return;
      told.current = latest.current;
      said.value = news > 0 && announceNotes.peek() ? tn("%(n)s new note", "%(n)s new notes", news) : "";
    }, WINDOW);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="visually-hidden" role="status">
      {said.value}
    </p>
  );
}
