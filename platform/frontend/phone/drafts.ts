/** What is being written, kept from key press to key press so that a reload loses nothing. */

import { signal } from "@preact/signals";
import type { Edit, Shelf } from "./shelf";

/** Texts under keys such as `q1` (a new note), `edit/<note>` and `tray/<id>`. */
export class Drafts {
  readonly texts = signal<ReadonlyMap<string, string>>(new Map());
  private readonly unsaved = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly code: string,
    private readonly shelf: Shelf,
  ) {}

  async load(): Promise<void> {
    const prefix = this.at("");
    const entries = await this.shelf.list(prefix);
    this.texts.value = new Map(entries.map(([key, text]) => [key.slice(prefix.length), String(text)]));
  }

  get(key: string): string | undefined {
    return this.texts.value.get(key);
  }

  set(key: string, text: string): void {
    this.texts.value = new Map(this.texts.peek()).set(key, text);
    this.unsaved.add(key);
    // At once: a write a key press costs little, and waiting would cost the last words before a reload.
    this.timer ??= setTimeout(() => void this.save());
  }

  /** Forgets a draft on the screen; the answer takes it off the shelf, in the change that keeps the note itself. */
  take(key: string): Edit[] {
    const left = new Map(this.texts.peek());
    left.delete(key);
    this.texts.value = left;
    this.unsaved.delete(key);
    return [[this.at(key), undefined]];
  }

  async save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const keys = [...this.unsaved];
    this.unsaved.clear();
    try {
      await this.shelf.change(keys.map((key): Edit => [this.at(key), this.texts.peek().get(key)]));
    } catch {
      // The next key press tries again; sending the note says it if the phone really cannot keep anything.
      for (const key of keys) this.unsaved.add(key);
    }
  }

  private at(key: string): string {
    return `${this.code}/draft/${key}`;
  }
}
