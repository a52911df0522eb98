/** Where the focus is among cards and themes, how it moves, and that it is never lost when lists change under it. */

interface Spot {
  list: string;
  /** The card, or null for the list's heading. */
  card: string | null;
  index: number;
}

// A note or a stack of them; a suggestion or a line of the log.
const CARD = "[data-card], [data-entry]";
const LIST = "[data-list]";

function keyOf(card: HTMLElement): string | undefined {
  return card.dataset.card ?? card.dataset.entry;
}

function cardsOf(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(CARD)];
}

/** Gives the focus back inside `root` when what had it is gone or was moved; returns how to stop. */
export function keepFocus(root: HTMLElement): () => void {
  let last: Spot | null = null;
  const follow = ({ target }: Event) => {
    // What is asked in a dialog, or done in the foot, is about the place one came from.
    if (target instanceof Element && !target.closest("dialog")) {
      last = root.contains(target) ? (spotOf(target) ?? last) : null;
    }
  };
  const press = ({ target }: Event) => {
    if (target instanceof Element && !target.closest(`${CARD}, button, dialog`)) last = null;
  };
  const observer = new MutationObserver(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && last && !document.querySelector("dialog[open]")) place(root, last);
  });
  document.addEventListener("focusin", follow);
  document.addEventListener("pointerdown", press);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    document.removeEventListener("focusin", follow);
    document.removeEventListener("pointerdown", press);
    observer.disconnect();
  };
}

function spotOf(element: Element): Spot | null {
  const list = element.closest<HTMLElement>(LIST);
  if (!list) return null;
  const card = element.closest<HTMLElement>(CARD);
  return { list: list.dataset.list!, card: (card && keyOf(card)) ?? null, index: card ? cardsOf(list).indexOf(card) : 0 };
}

/** The same card, else the one that took its place, else the list's heading, else that of all themes. */
function place(root: HTMLElement, { list: name, card: key, index }: Spot): void {
  const list = root.querySelector(`[data-list="${CSS.escape(name)}"]`);
  const cards = list ? cardsOf(list) : [];
  const same = cards.find((card) => keyOf(card) === key);
  const next = key === null ? undefined : (same ?? cards[Math.min(index, cards.length - 1)]);
  const target = next ?? (list ?? root).querySelector<HTMLElement>("[data-heading]");
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "nearest" });
}

/** The next or previous card in the column that has the focus; the page's first when none has it. */
export function stepCard(step: 1 | -1): void {
  const here = document.activeElement;
  const cards = cardsOf(here?.closest("[data-column]") ?? document.body).filter(isShown);
  // From a heading one goes to the first card after it, or the last before it.
  const at = cards.findIndex((card) => card.contains(here));
  const after = here ? cards.findIndex((card) => isAfter(card, here)) : 0;
  const past = after < 0 ? cards.length : after;
  const next = at >= 0 ? at + step : step > 0 ? past : past - 1;
  go(cards[Math.min(cards.length - 1, Math.max(0, next))]);
}

/** The heading of the next or previous theme. */
export function stepTheme(step: 1 | -1): void {
  const headings = [...document.querySelectorAll<HTMLElement>("[data-theme] [data-heading]")].filter(isShown);
  const here = document.activeElement?.closest("[data-theme]");
  const at = headings.findIndex((heading) => here?.contains(heading));
  go(headings[at < 0 ? 0 : Math.min(headings.length - 1, Math.max(0, at + step))]);
}

/** The first suggestion, or the one after that which has the focus. */
export function stepSuggestion(): void {
  const list = document.querySelector('[data-list="suggestions"]')!;
  const here = list.contains(document.activeElement) && document.activeElement?.closest(CARD);
  if (here) stepCard(1);
  else go(cardsOf(list)[0] ?? list.querySelector<HTMLElement>("[data-heading]") ?? undefined);
}

/** The ids of the notes of the card that an element is in. */
export function notesAround(element: Element | null): readonly string[] {
  return JSON.parse(element?.closest<HTMLElement>(CARD)?.dataset.notes ?? "[]") as string[];
}

/** The ids of the notes of all cards of the list that has the focus. */
export function notesListed(): readonly string[] {
  const list = document.activeElement?.closest(LIST);
  return list ? cardsOf(list).flatMap(notesAround) : [];
}

/** Opens what the card that has the focus holds, or folds it: notes with the same words, what a suggestion would move. */
export function openFocused(): void {
  document.activeElement?.closest(CARD)?.querySelector<HTMLElement>("summary, [aria-expanded]")?.click();
}

/** To what chooses among the notes at hand. */
export function toFilter(): void {
  const filter = document.querySelector<HTMLDetailsElement>('[data-list="hand"] > details');
  if (!filter) return;
  filter.open = true;
  go(filter.querySelector("select") ?? undefined);
}

/** The suggestion or the line of the log that has the focus. */
export function entryInFocus(): string | null {
  return document.activeElement?.closest<HTMLElement>("[data-entry]")?.dataset.entry ?? null;
}

/** The id of the theme that has the focus, or that holds the card that has it. */
export function themeInFocus(): string | null {
  return document.activeElement?.closest<HTMLElement>("[data-theme]")?.dataset.theme ?? null;
}

/** Whether a column is on the page, and not behind another one. */
export function isColumnShown(name: string): boolean {
  const column = document.querySelector<HTMLElement>(`[data-column="${name}"]`);
  return column !== null && isShown(column);
}

function isAfter(element: Element, other: Element): boolean {
  return (other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

function go(element: HTMLElement | undefined): void {
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
}
