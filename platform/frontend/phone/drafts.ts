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
    const wet = wetInk(prefix);
    this.texts.value = new Map([...entries, ...wet].map(([key, text]) => [key.slice(prefix.length), String(text)]));
    for (const [key] of wet) this.unsaved.add(key.slice(prefix.length));
    if (wet.length) await this.save();
  }

  get(key: string): string | undefined {
    return this.texts.value.get(key);
  }

  set(key: string, text: string): void {
    this.texts.value = new Map(this.texts.peek()).set(key, text);
    this.unsaved.add(key);
    keepWet(this.at(key), text);
    // At once: a write a key press costs little, and waiting would cost the last words before a reload.
    this.timer ??= setTimeout(() => void this.save());
  }

  /** Forgets a draft on the screen; the answer takes it off the shelf, in the change that keeps the note itself. */
  take(key: string): Edit[] {
    const left = new Map(this.texts.peek());
    left.delete(key);
    this.texts.value = left;
    this.unsaved.delete(key);
    keepWet(this.at(key), undefined);
    return [[this.at(key), undefined]];
  }

  async save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const keys = [...this.unsaved];
    this.unsaved.clear();
    try {
      await this.shelf.change(keys.map((key): Edit => [this.at(key), this.texts.peek().get(key)]));
      for (const key of keys) if (!this.unsaved.has(key)) keepWet(this.at(key), undefined);
    } catch {
      // The next key press tries again; sending the note says it if the phone really cannot keep anything.
      for (const key of keys) this.unsaved.add(key);
    }
  }

  private at(key: string): string {
    return `${this.code}/draft/${key}`;
  }
}

/**
 * The last words before a reload: the shelf answers later, and a page that goes away does not wait for it. The tab's own
 * storage takes them at once, and holds them only until the shelf has.
 */
function keepWet(key: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // Some browsers let a page store nothing; the shelf has its own way round that, and says so.
  }
}

function wetInk(prefix: string): [string, string][] {
  try {
    return Object.entries(sessionStorage).filter(([key]) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
