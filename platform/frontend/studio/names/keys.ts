/** The single keys of the name check. They act on the finding that has the focus. */

import { t } from "../../shared/words";
import { goTo, type Key, type KeyGroup } from "../keys";
import { stepCard } from "../themes/focus";
import type { NameCheck } from "./name_check";

export function nameKeys(check: NameCheck, help: () => void): KeyGroup[] {
  const press = (does: string) => () =>
    document.activeElement?.closest("[data-entry]")?.querySelector<HTMLElement>(`[data-does=${does}]`)?.click();
  const keys: Key[] = [
    { key: "j", words: t("Next name"), does: () => stepCard(1) },
    { key: "k", words: t("Previous name"), does: () => stepCard(-1) },
    { key: "b", words: t("Keep it, for a reason"), does: press("keep") },
    { key: "m", words: t("Mask it"), does: press("mask") },
    { key: "h", words: t("Hide the whole note"), does: press("hide") },
    { key: "s", words: t("To words that the computer has not found"), does: () => goTo("by-hand") },
    { key: "u", words: t("Undo"), does: () => check.past.undo() },
    { key: "?", words: t("Show this list"), does: help },
  ];
  return [{ keys }];
}
