/** What this person prefers on this device. Kept in the browser, and never worth an error when it cannot be. */

import { effect, signal, type Signal } from "@preact/signals";

/** Minutes without a note before the radar says so. */
export const silentAfter = kept<number>("silent-after", 4);
/** Whether single keys do things; those who dictate or have a tremor switch them off. */
export const singleKeys = kept<boolean>("single-keys", true);
/** Whether new notes are told to a screen reader. */
export const announceNotes = kept<boolean>("announce-notes", true);

/** The `order` of the last note that this person has looked at when sorting a workshop; -1 who has not been here. */
export function seenUpTo(code: string): Signal<number> {
  return kept<number>(`seen.${code}`, -1);
}

function kept<T extends number | boolean>(name: string, otherwise: T): Signal<T> {
  const key = `verkstad.studio.${name}`;
  const value = signal(read(key, otherwise));
  effect(() => write(key, value.value));
  return value;
}

function read<T>(key: string, otherwise: T): T {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return typeof found === typeof otherwise ? (found as T) : otherwise;
  } catch {
    return otherwise;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows may refuse to store; the choice then lasts as long as the page.
  }
}
