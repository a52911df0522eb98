/** Take the last thing back, or do it again: two buttons, and Ctrl (or Command) and Z. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../shared/words";
import { Tool } from "../controls";
import { isTyping } from "../keys";
import type { Past } from "./past";

export function HistoryTools({ past }: { past: Past }): JSX.Element {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
      event.preventDefault();
      if (event.shiftKey) past.redo();
      else past.undo();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [past]);
  return (
    <div class="undo">
      <Tool onPress={() => past.undo()}>{t("Undo")}</Tool>
      <Tool onPress={() => past.redo()}>{t("Redo")}</Tool>
    </div>
  );
}
