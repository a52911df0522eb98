/** Whether the server can be reached, told calmly: a short hiccup is "connecting", never a flicker of alarms. */

import { signal, type ReadonlySignal } from "@preact/signals";

export type LineState = "online" | "connecting" | "offline";

const PATIENCE = 4000;

export class Line {
  private readonly current = signal<LineState>("connecting");
  readonly state: ReadonlySignal<LineState> = this.current;
  private timer: ReturnType<typeof setTimeout> | undefined;

  answered(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.current.value = "online";
  }

  lost(): void {
    if (this.current.peek() === "online") this.current.value = "connecting";
    this.watch();
  }

  /** Starts the wait after which "connecting" is called "offline"; the first connect gets it too. */
  watch(): () => void {
    if (this.current.peek() === "connecting") {
      this.timer ??= setTimeout(() => (this.current.value = "offline"), PATIENCE);
    }
    return () => clearTimeout(this.timer);
  }
}
