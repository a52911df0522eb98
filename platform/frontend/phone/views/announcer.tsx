/** The polite voice for those who listen: gathered, never in the middle of somebody's writing. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { secondsLeft } from "../../shared/clock";
import { t, tn } from "../../shared/words";
import type { Evening } from "../evening";
import { timeLeft } from "./question_head";

const EVERY = 5000;
const WARN_AT = 120;

export function Announcer({ evening }: { evening: Evening }) {
  const said = useSignal("");
  const spoken = useRef(new Spoken(evening)).current;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.activeElement instanceof HTMLTextAreaElement) return;
      const words = spoken.news();
      if (words) said.value = words;
    }, EVERY);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="visually-hidden" role="status">
      {said.value}
    </p>
  );
}

/** What has been told already, and so what is new. */
class Spoken {
  private notes: number | null = null;
  private question: string | null | undefined;
  private message: string | undefined;
  private warned: string | null = null;

  constructor(private readonly evening: Evening) {}

  news(): string {
    return [this.newQuestion(), this.newMessage(), this.newNotes(), this.time()].filter(Boolean).join(" ");
  }

  private newQuestion(): string {
    const open = this.evening.open.peek();
    const id = open?.question.id ?? null;
    const first = this.question === undefined;
    if (id === this.question) return "";
    this.question = id;
    if (first) return "";
    return open ? t("New question: %(prompt)s", { prompt: open.question.prompt }) : t("The question is closed.");
  }

  private newMessage(): string {
    const message = this.evening.store.workshop.peek()?.message ?? "";
    const first = this.message === undefined;
    if (message === this.message) return "";
    this.message = message;
    return first || !message ? "" : t("From the facilitator: %(message)s", { message });
  }

  private newNotes(): string {
    const shown = this.evening.shown.peek();
    const count = shown ? this.evening.tableNotes(shown).length : 0;
    const fresh = this.notes === null ? 0 : count - this.notes;
    this.notes = count;
    return fresh > 0 ? tn("%(n)s new note from your table.", "%(n)s new notes from your table.", fresh) : "";
  }

  private time(): string {
    const round = this.evening.current.peek()?.round;
    const left = round?.state === "open" ? secondsLeft(round.ends_at, this.evening.store) : null;
    if (left === null) return "";
    const key = left <= 0 ? "up" : left <= WARN_AT ? "soon" : null;
    if (key === null || this.warned === key + round!.ends_at) return "";
    this.warned = key + round!.ends_at;
    return timeLeft(left);
  }
}
