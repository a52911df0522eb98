/** What the server wrote into the page for its script: `<script type="application/json" id="boot">`. */

export interface Boot {
  code: string | null;
  lang: string;
  /** msgid → translation, or the list of plural forms; a missing msgid is shown as it is. */
  words: Record<string, string | string[]>;
  csrf?: string;
}

/** Reads the page's boot block. `T` is the surface's own, larger, type of it. */
export function readBoot<T extends Boot = Boot>(): T {
  const block = document.getElementById("boot");
  if (!block?.textContent) throw new Error("the page has no boot block");
  return JSON.parse(block.textContent) as T;
}
