/** One tab at a time, among all tabs of this browser. */

import { newId } from "../shared/ids";
import type { Shelf } from "./shelf";

const PATIENCE = 20_000;
const me = newId();

/**
 * Runs `work` while no other tab runs work of the same name.
 *
 * Web Locks exist in secure contexts only; elsewhere a lease on the shelf does. A tab that the phone put to sleep with
 * the lock in hand loses it after 20 s: whatever the lock guards must bear being done twice.
 */
export async function exclusive(name: string, shelf: Shelf, work: () => Promise<void>): Promise<void> {
  const locks = (navigator as { locks?: LockManager }).locks;
  await (locks ? withLock(locks, name, work) : withLease(shelf, `lease/${name}`, work));
}

async function withLock(locks: LockManager, name: string, work: () => Promise<void>): Promise<void> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  let granted = false;
  const run = () => {
    granted = true;
    clearTimeout(timer);
    return work();
  };
  try {
    await locks.request(name, { signal: patience.signal }, run);
  } catch (error) {
    if (granted || !(error instanceof DOMException && error.name === "AbortError")) throw error;
    await locks.request(name, { steal: true }, run);
  } finally {
    clearTimeout(timer);
  }
}

async function withLease(shelf: Shelf, key: string, work: () => Promise<void>): Promise<void> {
  while (!(await shelf.claim(key, me, PATIENCE))) {
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 300));
  }
  try {
    await work();
  } finally {
    // Holders are told apart by id, so a lease that was lost meanwhile must not be given away here.
    const lease = (await shelf.get(key)) as { holder?: string } | undefined;
    if (lease?.holder === me) await shelf.change([[key, undefined]]);
  }
}
