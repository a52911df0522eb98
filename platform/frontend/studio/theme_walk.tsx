/** The walk through the themes with the whole hall: which one the screen shows, and on to the next. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Theme } from "../shared/wire";
import { t } from "../shared/words";
import type { Act } from "./act";
import { Tool } from "./controls";
import { useDesk, type Desk } from "./desk";
import { Choice } from "./filters";
import { sortOut } from "./themes/sorting";

/** The themes that have notes to show, in the order of the screen. */
export function walkOrder(desk: Desk): Theme[] {
  const { store } = desk;
  const seen = store.liveNotes().filter((note) => !note.hidden);
  const { heaps } = sortOut(seen, store.liveThemes(), store.workshop.value?.theme_order ?? "groups");
  return [...heaps.values()].filter(({ notes }) => notes.length > 0).map(({ theme }) => theme);
}

/**
 * Whoever turns faster than the server answers comes to where they turned: what is wanted is sent when its turn comes.
 * The arrow keys turn to the next and the previous from anywhere in here.
 */
export function ThemeWalk({ act }: { act: Act }): JSX.Element | null {
  const desk = useDesk();
  const themes = walkOrder(desk);
  const shown = desk.store.workshop.value?.screen_theme ?? "";
  const wanted = useSignal<string | null>(null);
  const busy = useRef(false);
  const place = themes.findIndex(({ id }) => id === (wanted.value ?? shown));
  const show = async (theme: Theme | undefined) => {
    if (!theme) return;
    wanted.value = theme.id;
    if (busy.current) return;
    busy.current = true;
    for (let sent = ""; wanted.peek() !== sent; ) {
      sent = wanted.peek()!;
      await act.run([{ kind: "screen.show", view: "theme", theme: sent }]);
    }
    wanted.value = null;
    busy.current = false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    void show(themes[place + step]);
  };
  if (!desk.may("run")) return null;
  return (
    <div class="stack" data-gap="tight" onKeyDown={onKeyDown}>
      <Choice label={t("Theme on the screen")} value={shown} onChoose={(id) => void show(themes.find((theme) => theme.id === id))}>
        {place < 0 ? <option value={shown}>{t("The theme is gone")}</option> : []}
        {themes.map((theme, index) => (
          <option key={theme.id} value={theme.id}>{`${index + 1}. ${theme.label}`}</option>
        ))}
      </Choice>
      <div class="cluster">
        <Tool onPress={() => void show(themes[place - 1])}>
          {t("Previous theme")}
        </Tool>
        <Tool onPress={() => void show(themes[place + 1])}>
          {t("Next theme")}
        </Tool>
        {place >= 0 && <p class="count">{t("%(n)s of %(count)s", { n: place + 1, count: themes.length })}</p>}
      </div>
    </div>
  );
}
