/** Take the last thing back, or do it again: two buttons, and Ctrl (or Command) and Z. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../shared/words";
import { Tool } from "../controls";
import { isTyping } from "../keys";
import type { Bench } from "./bench";

export function HistoryTools({ bench }: { bench: Bench }): JSX.Element {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
      event.preventDefault();
      if (event.shiftKey) bench.redo();
      else bench.undo();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [bench]);
  return (
    <div class="undo">
      <Tool onPress={() => bench.undo()}>{t("Undo")}</Tool>
      <Tool onPress={() => bench.redo()}>{t("Redo")}</Tool>
    </div>
  );
}
