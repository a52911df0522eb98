/** The tabs of one browser tell each other that the shelf changed. */

export type Word = "shelf" | "ticket";

export class Tabs {
  private readonly channel: BroadcastChannel | null;

  /** `heard` is called with what another tab said; "shelf" also when this one comes back to the front. */
  constructor(
    code: string,
    private readonly heard: (word: Word) => void,
  ) {
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`verkstad/${code}`);
    this.channel?.addEventListener("message", (event: MessageEvent<Word>) => heard(event.data));
    document.addEventListener("visibilitychange", this.look);
  }

  say(word: Word): void {
    this.channel?.postMessage(word);
  }

  close(): void {
    this.channel?.close();
    document.removeEventListener("visibilitychange", this.look);
  }

  private readonly look = (): void => {
    if (document.visibilityState === "visible") this.heard("shelf");
  };
}
