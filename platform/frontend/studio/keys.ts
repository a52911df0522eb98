/** Single keys of the studio. They do nothing while somebody writes, chooses or has a dialog open. */

export interface Key {
  /** As in `KeyboardEvent.key`. */
  key: string;
  words: string;
  does: () => void;
}

/** Keys that belong together, as the list of them shows. */
export interface KeyGroup {
  heading?: string;
  keys: readonly Key[];
}

/** Runs the key that was pressed, if any; says whether one was. */
export function press(event: KeyboardEvent, keys: readonly Key[]): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return false;
  const found = keys.find((one) => one.key === event.key);
  if (!found) return false;
  event.preventDefault();
  found.does();
  return true;
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("textarea, select, input:not([type=checkbox], [type=radio])") !== null
  );
}

/** Moves the focus to the next or previous note on the wall; the first when none has it. */
export function stepNote(step: 1 | -1): void {
  const cards = [...document.querySelectorAll<HTMLElement>(".wall-note")];
  const here = cards.findIndex((card) => card.contains(document.activeElement));
  const next = here < 0 ? cards[0] : cards[Math.min(cards.length - 1, Math.max(0, here + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** Opens the hide form of the note that has the focus. */
export function hideFocused(): void {
  document.activeElement?.closest(".wall-note")?.querySelector<HTMLElement>("[data-does=hide]")?.click();
}

/** Puts the focus on a heading or a field. */
export function goTo(id: string): void {
  const target = document.getElementById(id);
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

export function goToQuestion(number: number): void {
  document.querySelector<HTMLElement>(`[data-question="${number}"] .ds-button`)?.focus();
}
