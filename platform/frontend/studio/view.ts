/** Which side of the studio is shown: the evening or its themes. In the address, to be linked and reloaded. */

import { signal } from "@preact/signals";

export type StudioView = "evening" | "themes";

const THEMES = "teman";

/** The fragment is a guest's token, "teman", or both with "&" between. */
export function readFragment(hash: string): { token: string; view: StudioView } {
  const parts = hash.replace(/^#/, "").split("&").filter(Boolean);
  return { token: parts.find((part) => part !== THEMES) ?? "", view: parts.includes(THEMES) ? "themes" : "evening" };
}

/** The fragment that shows `view` and keeps the token. */
export function fragment(token: string, view: StudioView): string {
  return [token, view === "themes" ? THEMES : ""].filter(Boolean).join("&");
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
