/** A theme as a heading with its notes: its number, who stands behind it, what the computer proposes. */

import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Note, Theme } from "../../shared/wire";
import { t, tn } from "../../shared/words";
import { TableBadge, Tool } from "../controls";
import { useBench } from "./bench";
import { laidOut, NoteRow } from "./card";
import { sideWords } from "./said";
import { bySide, type Heap } from "./sorting";

interface SectionProps {
  heap: Heap;
  number: number;
  /** Themes that one table alone raised stand one heading further in. */
  level: 3 | 4;
}

export function ThemeSection({ heap, number, level }: SectionProps): JSX.Element {
  const bench = useBench();
  const { theme, notes } = heap;
  const id = useId();
  const folded = bench.folded.value.has(theme.id);
  return (
    <section
      class="theme"
      data-theme={theme.id}
      data-list={`theme-${theme.id}`}
      data-drop={theme.id}
      data-named={theme.named}
      aria-labelledby={id}
    >
      <Head heap={heap} number={number} level={level} id={id} folded={folded} />
      {folded ? <Quotation notes={notes} theme={theme} /> : <Inside theme={theme} notes={notes} level={level} />}
    </section>
  );
}

interface HeadProps extends SectionProps {
  id: string;
  folded: boolean;
}

function Head({ heap: { theme, notes, groups }, number, level, id, folded }: HeadProps): JSX.Element {
  const bench = useBench();
  const Heading = `h${level}` as "h3" | "h4";
  const fold = () => {
    const all = new Set(bench.folded.value);
    if (!all.delete(theme.id)) all.add(theme.id);
    bench.folded.value = all;
  };
  return (
    <div class="theme__head">
      <Heading class="theme__name">
        <button type="button" id={id} class="theme__fold" data-heading aria-expanded={!folded} onClick={fold}>
          <span class="theme__number">{number}</span>
          <span dir="auto">{theme.label}</span>
        </button>
      </Heading>
      <p class="theme__facts">
        {!theme.named && <span class="mark theme__proposal">{t("Suggestion")}</span>}
        {groups.map((group) => (
          <TableBadge key={group} number={group} />
        ))}
        <span class="count">{tn("%(n)s note", "%(n)s notes", notes.length)}</span>
        {theme.keywords.length > 0 && (
          <span class="theme__keywords" dir="auto">
            {theme.keywords.join(" · ")}
          </span>
        )}
      </p>
      <div class="theme__tools">
        {!theme.named && (
          <Tool label={t("Confirm the theme %(theme)s", { theme: theme.label })} onPress={() => bench.confirm(theme)}>
            {t("Confirm")}
          </Tool>
        )}
        <Tool
          variant="tertiary"
          label={t("More about the theme %(theme)s", { theme: theme.label })}
          onPress={() => (bench.dialog.value = { what: "theme", theme })}
        >
          {t("More")}
        </Tool>
      </div>
    </div>
  );
}

/** Folded, the note that speaks for it is read all the same. */
function Quotation({ notes, theme }: { notes: readonly Note[]; theme: Theme }): JSX.Element | null {
  const quoted = notes.find((note) => note.id === theme.quotation);
  return quoted ? (
    <blockquote class="theme__quotation" dir="auto">
      {quoted.text}
    </blockquote>
  ) : null;
}

interface InsideProps {
  theme: Theme;
  notes: readonly Note[];
  level: 3 | 4;
}

function Inside({ theme, notes, level }: InsideProps): JSX.Element {
  const bench = useBench();
  const Heading = `h${level + 1}` as "h4" | "h5";
  const sides = bySide(notes);
  const tension = sides.some(({ side }) => side !== null);
  if (!notes.length) return <p class="help theme__empty">{t("Nothing here yet. Move notes to it.")}</p>;
  return (
    <>
      {sides.map(({ side, cards }) => (
        <div key={side ?? "none"} class="theme__side">
          {tension && <Heading class="theme__side-name">{side ? sideWords(side) : t("No side")}</Heading>}
          <ul class="rows" role="list">
            {laidOut(cards, bench.opened.value).map((card) => (
              <NoteRow key={card.key} card={card} quoted={card.notes.some((note) => note.id === theme.quotation)} />
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
