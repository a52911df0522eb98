/** The middle column: the themes, ranked, and those that one table alone raised. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { useBench } from "./bench";
import { leftToDecide, settle, type Left } from "./finish";
import { ThemeSection } from "./theme_section";

export function Heaps(): JSX.Element {
  const bench = useBench();
  const { ranked, singles, outdated } = bench.arrangement.value;
  useAmong();
  return (
    <section class="column" data-column="themes" aria-labelledby="themes-heading">
      <Head outdated={outdated} />
      {bench.desk.store.workshop.value?.state === "adopted" && (
        <p class="tray" data-tone="calm">
          {t("The summary is adopted. The themes can no longer be changed.")}
        </p>
      )}
      {ranked.length + singles.length === 0 && <Nothing />}
      <Sections ids={ranked} from={1} level={3} />
      {singles.length > 0 && (
        <section class="stack singles" aria-labelledby="singles-heading">
          <h3 id="singles-heading">{t("Single voices")}</h3>
          <p class="help">{t("Themes that one table raised. They count as much when you read them.")}</p>
          <Sections ids={singles} from={ranked.length + 1} level={4} />
        </section>
      )}
    </section>
  );
}

function Sections({ ids, from, level }: { ids: readonly string[]; from: number; level: 3 | 4 }): JSX.Element {
  const { heaps } = useBench().sorting.value;
  return (
    <>
      {ids.map((id, index) => {
        const heap = heaps.get(id);
        return heap && <ThemeSection key={id} heap={heap} number={from + index} level={level} />;
      })}
    </>
  );
}

function Head({ outdated }: { outdated: boolean }): JSX.Element {
  const bench = useBench();
  const themes = bench.themes.value;
  const anyOpen = themes.some(({ theme }) => !bench.folded.value.has(theme.id));
  const left = leftToDecide(
    themes.map(({ theme }) => theme),
    bench.notes.value,
  );
  const own = bench.desk.store.workshop.value?.theme_order === "own";
  return (
    <div class="toolbar heaps__head">
      <h2 id="themes-heading" tabIndex={-1} data-heading>
        {t("Themes")}
      </h2>
      <p class="help count">
        {tn("%(n)s theme", "%(n)s themes", themes.length)}
        {themes.length > 0 && ` · ${leftWords(left)}`}
      </p>
      <div class="toolbar__end cluster">
        {outdated && (
          <Tool variant="tertiary" onPress={() => bench.arrangeAnew()}>{t("Show the new order")}</Tool>
        )}
        {own && <Tool variant="tertiary" onPress={() => bench.orderByGroups()}>{t("Order by tables")}</Tool>}
        {left.themes.length > 0 && (
          <Tool
            variant="tertiary"
            hint="A"
            label={t("All themes are right: their names and their notes")}
            onPress={() => settle(bench, themes.map(({ theme }) => theme))}
          >
            {t("All are right")}
          </Tool>
        )}
        {themes.length > 0 && <Tool variant="tertiary" onPress={() => bench.foldAll()}>{anyOpen ? t("Fold all") : t("Unfold all")}</Tool>}
        <Tool variant="tertiary" onPress={() => (bench.dialog.value = { what: "name", notes: bench.chosen() })}>{t("New theme")}</Tool>
      </div>
    </div>
  );
}

function leftWords({ themes, notes }: Left): string {
  const parts = [
    themes.length && tn("%(n)s name to confirm", "%(n)s names to confirm", themes.length),
    notes.length && tn("%(n)s note to decide on", "%(n)s notes to decide on", notes.length),
  ];
  return parts.filter(Boolean).join(" · ") || t("everything is decided");
}

function Nothing(): JSX.Element {
  const notes = useBench().notes.value.length;
  return (
    <p class="empty">
      {notes
        ? t("No themes yet. Select notes and make a theme of them.")
        : t("No notes yet. Themes can be made when the first ones are here.")}
    </p>
  );
}

/** Themes keep their order while the focus is among them. */
function useAmong(): void {
  const bench = useBench();
  useEffect(() => {
    const follow = ({ target }: FocusEvent) => {
      bench.among.value = target instanceof Element && target.closest("[data-theme]") !== null;
    };
    document.addEventListener("focusin", follow);
    return () => {
      document.removeEventListener("focusin", follow);
      bench.among.value = false;
    };
  }, [bench]);
}
