/** Whether the server can be reached, told calmly: a hiccup is not mentioned, and what is told is left to be read. */

import { signal, type ReadonlySignal } from "@preact/signals";

export type LineState = "online" | "connecting" | "offline";

const HICCUP = 1500;
// Between two things that are told; so also between "connecting" and "offline".
const CALM = 3000;

export class Line {
  private readonly current = signal<LineState>("connecting");
  private readonly reached = signal(0);
  readonly state: ReadonlySignal<LineState> = this.current;
  /** How many times the server was reached anew, hiccups included. */
  readonly contacts: ReadonlySignal<number> = this.reached;
  private up = false;
  private told = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  answered(): void {
    if (!this.up) this.reached.value++;
    this.up = true;
    this.tell("online", 0);
  }

  lost(): void {
    if (this.up || this.timer === undefined) this.wait();
    this.up = false;
  }

  /** Begins the wait after which the loss is told; the first connect gets it too. */
  wait(): void {
    const state = this.current.peek();
    if (state === "online") this.tell("connecting", HICCUP, () => this.tell("offline", CALM));
    else if (state === "connecting") this.tell("offline", HICCUP + CALM);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Says it after `pause`, or later if something else was said just now. What was about to be said is not. */
  private tell(state: LineState, pause: number, then?: () => void): void {
    this.stop();
    if (state === this.current.peek()) return;
    const left = Math.max(pause, this.told + CALM - performance.now());
    const say = () => {
      this.timer = undefined;
      this.told = performance.now();
      this.current.value = state;
      then?.();
    };
    if (left > 0) this.timer = setTimeout(say, left);
    else say();
  }
}
