/** Which side of the studio is shown: the evening, its themes, its summary, or the names in it. In the address, to be linked and reloaded. */

import { signal } from "@preact/signals";

export type StudioView = "evening" | "themes" | "summary" | "names";

/** What stands in the address; the evening needs no word. */
const WORDS: Record<string, StudioView> = { teman: "themes", sammanstallning: "summary", namn: "names" };

/** The fragment is a guest's token, the word of a side, or both with "&" between. */
export function readFragment(hash: string): { token: string; view: StudioView } {
  const parts = hash.replace(/^#/, "").split("&").filter(Boolean);
  const word = parts.find((part) => part in WORDS);
  return { token: parts.find((part) => !(part in WORDS)) ?? "", view: WORDS[word ?? ""] ?? "evening" };
}

/** The fragment that shows `view` and keeps the token. */
export function fragment(token: string, view: StudioView): string {
  const word = Object.keys(WORDS).find((one) => WORDS[one] === view) ?? "";
  return [token, word].filter(Boolean).join("&");
}

export const shownView = signal<StudioView>("evening");

/** Follows the address as long as the page lives. */
export function followAddress(): void {
  const follow = () => (shownView.value = readFragment(location.hash).view);
  follow();
  addEventListener("hashchange", follow);
}

export function show(view: StudioView): void {
  location.hash = fragment(readFragment(location.hash).token, view);
  shownView.value = view;
}
