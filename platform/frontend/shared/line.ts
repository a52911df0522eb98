/** Whether the server can be reached, told calmly: a hiccup is not mentioned, and a longer one is first "connecting". */

import { signal, type ReadonlySignal } from "@preact/signals";

export type LineState = "online" | "connecting" | "offline";

const HICCUP = 1500;
const PATIENCE = 4000;

export class Line {
  private readonly current = signal<LineState>("connecting");
  private readonly reached = signal(0);
  readonly state: ReadonlySignal<LineState> = this.current;
  /** How many times the server was reached anew, hiccups included. */
  readonly contacts: ReadonlySignal<number> = this.reached;
  private up = false;
  private timers: ReturnType<typeof setTimeout>[] = [];

  answered(): void {
    this.stop();
    this.current.value = "online";
    if (!this.up) this.reached.value++;
    this.up = true;
  }

  lost(): void {
    this.up = false;
    if (!this.timers.length) this.wait();
  }

  /** Begins the wait after which the state is told; the first connect gets it too. */
  wait(): void {
    const hiccup = setTimeout(() => this.current.peek() === "online" && (this.current.value = "connecting"), HICCUP);
    this.timers = [hiccup, setTimeout(() => (this.current.value = "offline"), PATIENCE)];
  }

  stop(): void {
    for (const timer of this.timers.splice(0)) clearTimeout(timer);
  }
}
