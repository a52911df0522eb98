/** The name check as it is worked with: what is found, kept in step with everybody else's decisions, and what one decides. */

import { effect, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { ServerError, Unreachable } from "../../shared/push";
import { t } from "../../shared/words";
import type { Desk } from "../desk";
import { Past } from "../log/past";
import type { Finding } from "./ask";
import { decide } from "./findings";

// While a hall writes, every message brings something: the check is asked at most so often.
const PAUSE = 600;

export class NameCheck {
  readonly past: Past;
  /** Null before the first answer. */
  readonly findings = signal<readonly Finding[] | null>(null);
  /** Whether the last question was not answered. */
  readonly failed = signal(false);
  /** Words that one looks for oneself. */
  readonly typed = signal("");
  private asking = false;
  private stale = false;

  constructor(readonly desk: Desk) {
    this.past = new Past(desk, (action) => Boolean(action.findings?.length), () => undefined);
  }

  /** Asks now, and anew whenever a text or a decision may have changed; returns how to stop. */
  watch(): () => void {
    const { notes, lines, actions } = this.desk.store;
    return effect(() => {
      void [notes.value, lines.value, actions.value, this.desk.connection.contacts.value];
      void this.ask();
    });
  }

  /** Whether the summary is adopted, so that nothing is decided any more. */
  get closed(): boolean {
    const state = this.desk.store.workshop.value?.state;
    return state === "adopted" || state === "purged";
  }

  keep(finding: Finding, reason: string): void {
    this.past.do([decide(finding, this.textOf(finding), "keep", reason)], t("“%(words)s” is kept.", { words: finding.words }));
  }

  mask(findings: readonly Finding[]): void {
    const [first] = findings;
    if (!first) return;
    const words = t("“%(words)s” is masked.", { words: first.words });
    this.past.do(findings.map((one) => decide(one, this.textOf(one), "mask")), words);
  }

  /** The text that a finding is in, as it is shown; "" when it is not, and nothing can be decided of it. */
  textOf({ note, line }: Finding): string {
    const { notes, lines } = this.desk.store;
    const from = note ? notes.value.get(note) : lines.value.get(line ?? "");
    return from && !from.gone ? from.text : "";
  }

  private async ask(): Promise<void> {
    if (this.asking) {
      this.stale = true;
      return;
    }
    this.asking = true;
    try {
      this.findings.value = await this.desk.findings();
      this.failed.value = false;
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof ServerError)) throw error;
      this.failed.value = true;
    }
    await new Promise((done) => setTimeout(done, PAUSE));
    this.asking = false;
    if (!this.stale) return;
    this.stale = false;
    await this.ask();
  }
}

export const NameCheckContext = createContext<NameCheck | null>(null);

export function useNameCheck(): NameCheck {
  const check = useContext(NameCheckContext);
  if (!check) throw new Error("rendered outside the name check");
  return check;
}
