/** The server's clock on this device, ticking once a second while somebody looks at it. */

import { signal, type ReadonlySignal } from "@preact/signals";
import type { Store } from "./store";

const ticks = signal(Date.now(), {
  watched() {
    this.value = Date.now();
    timer = setInterval(() => (this.value = Date.now()), 1000);
  },
  unwatched() {
    clearInterval(timer);
  },
});
let timer: ReturnType<typeof setInterval> | undefined;

/** This device's time in milliseconds; reading it in a view makes the view tick. */
export const now: ReadonlySignal<number> = ticks;

/** Whole seconds until `iso` by the server's clock, never below 0; null when there is no time. Ticks. */
export function secondsLeft(iso: string | null | undefined, store: Store): number | null {
  if (!iso) return null;
  return Math.max(0, Math.ceil((Date.parse(iso) - (now.value + store.skew.value)) / 1000));
}
