/** What the computer proposes, with what would move. Nothing of it happens until somebody accepts it. */

import type { JSX } from "preact";
import type { Suggestion } from "../../shared/wire";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { useBench, type Bench } from "./bench";

type Resort = Extract<Suggestion, { kind: "resort" }>;

export function Suggestions(): JSX.Element {
  const bench = useBench();
  const { desk } = bench;
  const { store } = desk;
  const open = [...store.suggestions.value.values()].filter((one) => !one.gone);
  const sorting = store.workshop.value?.sorting;
  return (
    <section class="stack" data-gap="tight" data-list="suggestions" aria-labelledby="suggestions-heading">
      <h2 id="suggestions-heading" tabIndex={-1} data-heading>
        {t("Suggestions")}
      </h2>
      {open.length === 0 && <p class="help">{t("No suggestions right now.")}</p>}
      <ul class="log" role="list">
        {open.map((suggestion) => (
          <Proposal key={suggestion.id} suggestion={suggestion} />
        ))}
      </ul>
      {desk.boot.urls && desk.may("run") && (
        <a href={`${desk.boot.urls.edit}#expected_themes`}>{t("Themes that you expect")}</a>
      )}
      {sorting?.method === "simple" && <p class="help">{t("Simple sorting: by the words alone.")}</p>}
      {sorting?.state === "working" ? (
        <p class="status-line" data-state="waiting" role="status">
          {t("The computer is sorting. Nothing moves until you accept it.")}
        </p>
      ) : (
        <Tool onPress={() => bench.askForSorting()}>
          {t("Suggest a new sorting")}
        </Tool>
      )}
    </section>
  );
}

function Proposal({ suggestion }: { suggestion: Suggestion }): JSX.Element {
  const bench = useBench();
  const what = describe(bench, suggestion);
  return (
    <li class="proposal" tabIndex={-1} data-entry={suggestion.id}>
      <p dir="auto">{what}</p>
      <Preview suggestion={suggestion} />
      <div class="cluster">
        <Tool label={t("Accept: %(what)s", { what })} onPress={() => bench.decide(suggestion, true)}>
          {t("Accept")}
        </Tool>
        <Tool
          variant="tertiary"
          label={t("Dismiss: %(what)s", { what })}
          onPress={() => bench.decide(suggestion, false)}
        >
          {t("Dismiss")}
        </Tool>
      </div>
    </li>
  );
}

function describe(bench: Bench, suggestion: Suggestion): string {
  const label = (theme: string) => bench.labelOf(theme) ?? "";
  switch (suggestion.kind) {
    case "split":
      if (suggestion.theme === null) {
        return tn(
          "A theme of %(n)s note that is not placed: %(label)s.",
          "A theme of %(n)s notes that are not placed: %(label)s.",
          suggestion.notes.length,
          { label: suggestion.label },
        );
      }
      return tn(
        "Split %(theme)s: %(n)s note becomes %(label)s.",
        "Split %(theme)s: %(n)s notes become %(label)s.",
        suggestion.notes.length,
        { theme: label(suggestion.theme), label: suggestion.label },
      );
    case "merge":
      return t("Merge %(theme)s into %(into)s.", { theme: label(suggestion.theme), into: label(suggestion.into) });
    case "resort":
      return tn(
        "A new sorting: %(n)s note would move.",
        "A new sorting: %(n)s notes would move.",
        suggestion.moves.length,
      );
  }
}

/** The notes that would move, by where they would go. */
function Preview({ suggestion }: { suggestion: Suggestion }): JSX.Element | null {
  const bench = useBench();
  if (suggestion.kind === "resort") return <Moves suggestion={suggestion} />;
  const ids = suggestion.kind === "split" ? suggestion.notes : bench.notesIn(suggestion.theme).map((note) => note.id);
  return (
    <details class="fold">
      <summary>{t("See the notes")}</summary>
      <Texts ids={ids} />
    </details>
  );
}

function Moves({ suggestion }: { suggestion: Resort }): JSX.Element {
  const bench = useBench();
  const labels = new Map(suggestion.themes.map((theme) => [theme.id, theme.label]));
  const into = [...new Set(suggestion.moves.map((move) => move.to))];
  return (
    <details class="fold">
      <summary>{t("See the notes")}</summary>
      {into.map((theme) => (
        <div key={theme ?? "none"}>
          <h3 dir="auto">{theme === null ? t("Not placed") : (labels.get(theme) ?? bench.labelOf(theme) ?? theme)}</h3>
          <Texts
            ids={suggestion.moves.filter((move) => move.to === theme).map((move) => move.note)}
            from={new Map(suggestion.moves.map((move) => [move.note, move.from]))}
          />
        </div>
      ))}
    </details>
  );
}

interface TextsProps {
  ids: readonly string[];
  /** The theme that each lies in, where it is not the same for all. */
  from?: ReadonlyMap<string, string | null>;
}

function Texts({ ids, from }: TextsProps): JSX.Element {
  const bench = useBench();
  const leaves = (note: string) => bench.labelOf(from?.get(note) ?? "");
  return (
    <ul class="proposal__notes">
      {bench.notesBy(ids).map((note) => (
        <li key={note.id} dir="auto">
          {note.text} {leaves(note.id) && <span class="help">{t("From %(theme)s.", { theme: leaves(note.id)! })}</span>}
        </li>
      ))}
    </ul>
  );
}
