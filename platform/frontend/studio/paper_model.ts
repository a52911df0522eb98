/**
 * Paper notes on their way in: typed one after the other, sent in order, none lost and none twice.
 *
 * An entry keeps its id for as long as the server has not answered, and the entries outlive a reload of the page.
 */

import { signal, type Signal } from "@preact/signals";
import type { Connection } from "../shared/connection";
import { newId } from "../shared/ids";
import type { Result } from "../shared/wire";

export const LONGEST = 1000;

export interface Entry {
  id: string;
  group: number;
  question: string | null;
  text: string;
  state: "sending" | "unanswered" | "refused";
  reason?: string;
}

export class Pile {
  /** What the server has not taken yet, in the order it was typed. */
  readonly entries: Signal<readonly Entry[]>;

  constructor(
    private readonly connection: Pick<Connection, "push">,
    private readonly shelf: Pick<Storage, "getItem" | "setItem">,
    private readonly key: string,
  ) {
    this.entries = signal(this.read());
    this.entries.subscribe((entries) => this.write(entries));
  }

  /** Puts a text on its way. Resolves to the refused entry, or null when it was taken or waits for an answer. */
  add(group: number, question: string | null, text: string): Promise<Entry | null> {
    const entry: Entry = { id: newId(), group, question, text: text.normalize("NFC"), state: "sending" };
    this.entries.value = [...this.entries.value, entry];
    return this.send(entry);
  }

  /** Sends again what nobody answered, and what was on its way when the page was left. */
  async resend(): Promise<void> {
    for (const entry of this.entries.peek()) if (entry.state !== "refused") await this.send(entry);
  }

  drop(id: string): void {
    this.entries.value = this.entries.value.filter((entry) => entry.id !== id);
  }

  private async send({ id, group, question, text }: Entry): Promise<Entry | null> {
    this.mark(id, { state: "sending" });
    try {
      const [result] = await this.connection.push([{ id, kind: "note.add", group, question, text }]);
      return this.settle(id, result);
    } catch {
      this.mark(id, { state: "unanswered" });
      return null;
    }
  }

  private settle(id: string, result: Result | undefined): Entry | null {
    if (result?.status === "rejected") {
      this.mark(id, { state: "refused", reason: result.message ?? result.code ?? "" });
      return this.entries.peek().find((entry) => entry.id === id) ?? null;
    }
    this.drop(id);
    return null;
  }

  private mark(id: string, part: Partial<Entry>): void {
    this.entries.value = this.entries.value.map((entry) => (entry.id === id ? { ...entry, ...part } : entry));
  }

  private read(): readonly Entry[] {
    try {
      const found: unknown = JSON.parse(this.shelf.getItem(this.key) ?? "[]");
      return Array.isArray(found) ? (found as Entry[]) : [];
    } catch {
      return [];
    }
  }

  private write(entries: readonly Entry[]): void {
    try {
      this.shelf.setItem(this.key, JSON.stringify(entries));
    } catch {
      // A browser that stores nothing keeps them in memory; the paper is still on the table.
    }
  }
}

/** How many characters too long a text is, as the server counts them. */
export function excess(text: string): number {
  return Math.max(0, [...text.normalize("NFC")].length - LONGEST);
}
