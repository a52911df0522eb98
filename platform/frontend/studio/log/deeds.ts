/**
 * Acts of sorting that are on their way. Each is an `Act` of its own, sent in the order they were done; what nobody
 * answered stays here, is seen as waiting, and is sent again with the same id when the server is reached anew.
 */

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { newId } from "../../shared/ids";
import { Act } from "../act";
import type { Change, Desk } from "../desk";

// The server takes no more notes in one act.
const MAX_TOGETHER = 200;

// One and the same, so that nothing is drawn anew while nothing waits.
const NOTHING: ReadonlySet<string> = new Set();

export interface Deed {
  /** The mutation's, and so the action's in the log. */
  id: string;
  change: Change;
  act: Act;
  after: () => void;
}

export class Deeds {
  /** Done here and not yet known to be done, the oldest first. */
  readonly open = signal<readonly Deed[]>([]);
  /** Why the server would not do the last one. */
  readonly refusal = signal<string | null>(null);

  /** The notes that something was done to which nobody has answered. */
  readonly waiting: ReadonlySignal<ReadonlySet<string>> = computed(() => {
    const ids = this.open.value.filter(isStuck).flatMap(({ change }) => notesOf(change));
    return ids.length ? new Set(ids) : NOTHING;
  });

  /** The first part of what was done in several, by the others. */
  private readonly firstPart = new Map<string, string>();

  constructor(private readonly desk: Desk) {}

  /** Sends one thing that is done in so many parts; `after` runs when the server has taken the last. */
  do(changes: readonly Change[], after: () => void): void {
    const deeds = changes.map((change, part): Deed => {
      const isLast = part === changes.length - 1;
      return { id: newId(), change, act: new Act(this.desk), after: isLast ? after : () => undefined };
    });
    for (const { id } of deeds.slice(1)) this.firstPart.set(id, deeds[0]!.id);
    this.open.value = [...this.open.peek(), ...deeds];
    this.refusal.value = null;
    for (const deed of deeds) void this.settle(deed, deed.act.run([{ ...deed.change, id: deed.id }]));
  }

  /** The act that stands for everything that was done together with this one. */
  readonly wholeOf = (act: string): string => this.firstPart.get(act) ?? act;

  /** Sends what nobody answered once more, in the same order. */
  again(): void {
    for (const deed of this.open.peek()) if (isStuck(deed)) void this.settle(deed, deed.act.again());
  }

  /** Tries again by itself whenever the server is reached anew; returns how to stop. */
  watch(): () => void {
    return effect(() => {
      if (this.desk.connection.contacts.value > 0) this.again();
    });
  }

  private async settle(deed: Deed, sending: Promise<boolean>): Promise<void> {
    const taken = await sending;
    if (!taken && isStuck(deed)) return;
    this.open.value = this.open.peek().filter((one) => one !== deed);
    if (taken) deed.after();
    else this.refusal.value = deed.act.refusal.peek()?.message ?? null;
  }
}

/** Whether nobody answered, so that it waits. */
export function isStuck(deed: Deed): boolean {
  return !deed.act.pending.value && (deed.act.refusal.value?.unanswered ?? false);
}

/** As many at a time as one act may concern. */
export function parts<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / MAX_TOGETHER);
  return Array.from({ length: count }, (_, part) => items.slice(part * MAX_TOGETHER, (part + 1) * MAX_TOGETHER));
}

function notesOf(change: Change): readonly string[] {
  if (!("notes" in change)) return [];
  const { notes = [] } = change;
  return Array.isArray(notes) ? notes : Object.keys(notes);
}
