/** The middle column: the themes, ranked, and those that one table alone raised. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t, tn } from "../../shared/words";
import { useBench } from "./bench";
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
  const fold = () => (bench.folded.value = new Set(anyOpen ? themes.map(({ theme }) => theme.id) : []));
  const own = bench.desk.store.workshop.value?.theme_order === "own";
  return (
    <div class="toolbar heaps__head">
      <h2 id="themes-heading" tabIndex={-1} data-heading>
        {t("Themes")}
      </h2>
      <p class="help count">{tn("%(n)s theme", "%(n)s themes", themes.length)}</p>
      <div class="toolbar__end cluster">
        {outdated && (
          <Tool onPress={() => bench.arrangeAnew()}>{t("Show the new order")}</Tool>
        )}
        {own && <Tool onPress={() => bench.orderByGroups()}>{t("Order by tables")}</Tool>}
        {themes.length > 0 && <Tool onPress={fold}>{anyOpen ? t("Fold all") : t("Unfold all")}</Tool>}
        <Tool onPress={() => (bench.dialog.value = { what: "name", notes: bench.chosen() })}>{t("New theme")}</Tool>
      </div>
    </div>
  );
}

function Tool({ onPress, children }: { onPress: () => void; children: string }): JSX.Element {
  return (
    <button type="button" class="ds-button" data-size="sm" data-variant="tertiary" onClick={onPress}>
      {children}
    </button>
  );
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
