/**
 * One thing a person can do: sends its changes, knows whether an answer is awaited, and keeps the reason of a refusal.
 *
 *     const act = useAct();
 *     await act.run([{ kind: "round.close", question }], { text: t("…"), changes: […] });   // true when accepted
 *
 * What the server did not answer keeps its ids: `again()` sends the very same mutations, so nothing is done twice.
 */

import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { newId } from "../shared/ids";
import { ServerError, Unreachable } from "../shared/push";
import type { Mutation, Result } from "../shared/wire";
import { t } from "../shared/words";
import { useDesk, type Change, type Desk, type Undo } from "./desk";

// The change itself comes with the next broadcast; a button that answers before it would flicker back.
const ARRIVAL = 2000;

export interface Refusal {
  message: string;
  /** Whether nobody answered, so that the same thing may be sent again. */
  unanswered: boolean;
}

export class Act {
  readonly pending = signal(false);
  readonly refusal = signal<Refusal | null>(null);
  private last: { mutations: Mutation[]; undo: Undo | null } | null = null;

  constructor(private readonly desk: Desk) {}

  /** Whether the server took all of it; if so `undo` is offered at the top of the page. */
  run(changes: readonly (Change & { id?: string })[], undo: Undo | null = null): Promise<boolean> {
    if (this.pending.peek()) return Promise.resolve(false);
    this.last = { mutations: changes.map((change) => ({ ...change, id: change.id ?? newId() })), undo };
    return this.send();
  }

  again(): Promise<boolean> {
    return this.last && !this.pending.peek() ? this.send() : Promise.resolve(false);
  }

  private async send(): Promise<boolean> {
    const { mutations, undo } = this.last!;
    this.pending.value = true;
    try {
      const results = await this.desk.connection.push(mutations);
      const refused = results.find((result) => result.status === "rejected");
      await arrival(this.desk, results);
      this.refusal.value = refused ? { message: refused.message ?? refused.code ?? "", unanswered: false } : null;
      if (!refused && undo) this.desk.undo.value = undo;
      return !refused;
    } catch (error) {
      this.refusal.value = reasonOf(error);
      return false;
    } finally {
      this.pending.value = false;
    }
  }
}

function reasonOf(error: unknown): Refusal {
  if (error instanceof ServerError) return { message: error.message, unanswered: error.retryAfter !== null };
  if (!(error instanceof Unreachable)) throw error;
  return { message: t("The server does not answer. Try again when the connection is back."), unanswered: true };
}

/** Waits until the store has what was just accepted, or a moment at most. */
function arrival(desk: Desk, results: readonly Result[]): Promise<void> {
  const wanted = Math.max(0, ...results.map((result) => result.revision ?? 0));
  const { known } = desk.store;
  if (known.peek() >= wanted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, ARRIVAL);
    const stop = known.subscribe((revision) => revision >= wanted && queueMicrotask(done));
    function done(): void {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
}

/** An act of the part that calls it; it lives as long as the part is shown. */
export function useAct(): Act {
  const desk = useDesk();
  return useMemo(() => new Act(desk), [desk]);
}
