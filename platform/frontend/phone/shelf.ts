/**
 * The phone's own keeping place: keys such as "KRTM7W/outbox/…", JSON values, one change all or nothing.
 *
 * IndexedDB where it works, localStorage where it does not (some private windows), and as a last resort the memory of
 * the page, which the person is told about.
 */

import { IndexedShelf } from "./shelf_indexed";
import { MapShelf, StorageShelf } from "./shelf_map";

/** A value to put at a key, or undefined to take it away. */
export type Edit = readonly [key: string, value: unknown];

export type ShelfKind = "indexeddb" | "localstorage" | "memory";

export interface Shelf {
  readonly kind: ShelfKind;
  get(key: string): Promise<unknown>;
  /** Every entry whose key begins with `prefix`, in the order of the keys. */
  list(prefix: string): Promise<[string, unknown][]>;
  /** All of it or none. Another tab and a reload see it when the promise resolves. */
  change(edits: readonly Edit[]): Promise<void>;
  /**
   * Puts values last in the queue at `prefix`, together with `edits`. The keys are numbered after the last one there,
   * whatever the phone's clock says, and end with the given ids, so that a key never comes back for another value.
   * On the disk when the promise resolves, as far as the browser lets one ask for that.
   */
  append(prefix: string, rows: readonly { id: string; value: unknown }[], edits?: readonly Edit[]): Promise<void>;
  /** Takes the lease at `key` for `ttl` milliseconds, unless somebody else holds it. */
  claim(key: string, holder: string, ttl: number): Promise<boolean>;
}

export interface Lease {
  holder: string;
  until: number;
}

/** Whether `holder` may take a lease. One that ends later than it can was made before the clock was set back. */
export function isFree(lease: Lease | undefined, holder: string, ttl: number, now: number): boolean {
  return !lease || lease.holder === holder || lease.until <= now || lease.until > now + ttl;
}

const DIGITS = 9;

/** The key after `last` (the last key of the queue, if any) for the row number `offset` of an append. */
export function nextKey(prefix: string, last: string | undefined, offset: number, id: string): string {
  const number = last ? Number.parseInt(last.slice(prefix.length, prefix.length + DIGITS), 10) : 0;
  return `${prefix}${String(number + 1 + offset).padStart(DIGITS, "0")}.${id}`;
}

/** The best shelf this browser has. */
export async function openShelf(): Promise<Shelf> {
  try {
    const shelf = new IndexedShelf();
    await shelf.get("probe");
    return shelf;
  } catch {
    return openStorage() ?? new MapShelf();
  }
}

function openStorage(): Shelf | null {
  try {
    const probe = "verkstad:probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return new StorageShelf(localStorage);
  } catch {
    return null;
  }
}
