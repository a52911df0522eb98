/** The control room: the evening, the wall of notes and the tables, side by side where there is room; or the themes, the summary, or its names. */

import { useSignal, type Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { t } from "../shared/words";
import { Bar } from "./bar";
import { useDesk, type Desk } from "./desk";
import { Doors } from "./doors";
import { Exports } from "./exports";
import { Help } from "./help";
import { goTo, goToQuestion, hideFocused, press, stepNote, type Key, type KeyGroup } from "./keys";
import { HistoryTools } from "./log/history_tools";
import { Message } from "./message";
import { nameKeys } from "./names/keys";
import { NameCheck } from "./names/name_check";
import { Names } from "./names/names";
import { Paper } from "./paper";
import { Places } from "./places";
import { singleKeys } from "./prefs";
import { Radar } from "./radar";
import { Rounds } from "./rounds";
import { Showing } from "./showing";
import { writingKeys } from "./summary/keys";
import { Manuscript } from "./summary/manuscript";
import { Summary } from "./summary/summary";
import { Bench } from "./themes/bench";
import { sortingKeys } from "./themes/keys";
import { Themes } from "./themes/themes";
import { shownView, type StudioView } from "./view";
import { Votes } from "./votes";
import { Wall } from "./wall";
import { ALL, type Filter } from "./wall_model";

type Place = "evening" | "notes" | "tables";
type Middle = "wall" | "paper";

/** What the person has in front of them; nobody else's business, so it is not on the server. */
interface View {
  place: Signal<Place>;
  middle: Signal<Middle>;
  filter: Signal<Filter>;
  dialog: Signal<"exports" | "help" | null>;
}

export function Studio(): JSX.Element {
  const desk = useDesk();
  const view: View = {
    place: useSignal<Place>("evening"),
    middle: useSignal<Middle>("wall"),
    filter: useSignal<Filter>({ question: ALL, group: 0, order: "newest" }),
    dialog: useSignal<"exports" | "help" | null>(null),
  };
  const bench = useMemo(() => new Bench(desk), [desk]);
  useEffect(() => bench.past.deeds.watch(), [bench]);
  const manuscript = useMemo(() => new Manuscript(desk, localStorage), [desk]);
  useEffect(() => manuscript.watch(), [manuscript]);
  const check = useMemo(() => new NameCheck(desk), [desk]);
  useEffect(() => check.past.deeds.watch(), [check]);
  const side = sideFor(desk);
  const help = () => (view.dialog.value = "help");
  const keys = useMemo((): KeyGroup[] => {
    if (side === "themes") return sortingKeys(bench, help);
    if (side === "names") return nameKeys(check, help);
    return side === "summary" ? writingKeys(manuscript, help) : [{ keys: studioKeys(view, desk.may("enter_paper")) }];
  }, [desk, bench, manuscript, check, side]);
  useKeys(keys, side === "evening");
  const refused = desk.connection.refused.value !== null;
  const pasts = { evening: null, themes: bench.past, summary: manuscript.past, names: check.past };
  const past = pasts[side];
  const close = () => (view.dialog.value = null);
  return (
    <>
      <Bar
        history={past && <HistoryTools past={past} />}
        onExports={() => (view.dialog.value = "exports")}
        onHelp={help}
      />
      {desk.store.known.value < 0 ? (
        <Waiting refused={refused} />
      ) : side === "themes" ? (
        <Themes bench={bench} refused={refused && <Refused />} />
      ) : side === "summary" ? (
        <Summary manuscript={manuscript} refused={refused && <Refused />} />
      ) : side === "names" ? (
        <Names check={check} refused={refused && <Refused />} />
      ) : (
        <Columns view={view} refused={refused} />
      )}
      {view.dialog.value === "exports" && <Exports onClose={close} />}
      {view.dialog.value === "help" && <Help groups={keys} evening={side === "evening"} onClose={close} />}
    </>
  );
}

/** The side that is asked for, as far as one may work there. */
function sideFor(desk: Desk): StudioView {
  if (desk.onlySorts) return "themes";
  const rights = { evening: true, themes: desk.may("sort"), summary: desk.may("summarise"), names: desk.may("summarise") };
  return rights[shownView.value] ? shownView.value : "evening";
}

function Waiting({ refused }: { refused: boolean }): JSX.Element {
  const { connection } = useDesk();
  if (refused) {
    return (
      <main class="studio-alone">
        <Refused />
      </main>
    );
  }
  return (
    <main class="studio-alone">
      <p class="empty" role="status">
        {connection.line.value === "offline"
          ? t("The server does not answer. The evening is fetched as soon as it does.")
          : t("Fetching the evening…")}
      </p>
    </main>
  );
}

function Refused(): JSX.Element {
  if (!useDesk().boot.urls) {
    return (
      <p class="refusal" role="alert">
        {t("The link no longer works. Ask whoever runs the workshop for a new one.")}
      </p>
    );
  }
  return (
    <div class="refusal" role="alert">
      <p>{t("You are no longer signed in, or the workshop is no longer shared with you.")}</p>
      <a href={location.pathname}>{t("Sign in again")}</a>
    </div>
  );
}

function Columns({ view, refused }: { view: View; refused: boolean }): JSX.Element {
  const desk = useDesk();
  const showTable = (group: number) => {
    view.filter.value = { ...view.filter.value, group };
    view.middle.value = "wall";
    view.place.value = "notes";
    requestAnimationFrame(() => goTo("wall-heading"));
  };
  return (
    <>
      <Places place={view.place} places={places()} />
      <main class="columns" data-place={view.place.value}>
        <div class="column" data-column="evening">
          {refused && <Refused />}
          <Doors />
          <Rounds />
          <Votes />
          <Showing />
          <Message />
        </div>
        <section class="column" data-column="notes" aria-labelledby="wall-heading">
          <div class="toolbar">
            <h2 id="wall-heading" tabIndex={-1}>
              {view.middle.value === "wall" ? t("Notes") : t("From paper")}
            </h2>
            {desk.may("enter_paper") && <Switcher middle={view.middle} />}
          </div>
          {view.middle.value === "wall" ? <Wall filter={view.filter} /> : <Paper />}
        </section>
        <div class="column" data-column="tables">
          <Radar onChoose={showTable} />
        </div>
      </main>
    </>
  );
}

function places(): [Place, string][] {
  return [
    ["evening", t("The evening")],
    ["notes", t("Notes")],
    ["tables", t("Tables")],
  ];
}

function Switcher({ middle }: { middle: Signal<Middle> }): JSX.Element {
  const parts: [Middle, string][] = [
    ["wall", t("The wall")],
    ["paper", t("Enter paper notes")],
  ];
  return (
    <div class="segments toolbar__end" role="group" aria-label={t("The middle shows")}>
      {parts.map(([name, words]) => (
        <button
          key={name}
          type="button"
          class="segment"
          aria-pressed={middle.value === name}
          onClick={() => (middle.value = name)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

function studioKeys(view: View, mayEnterPaper: boolean): Key[] {
  const go = (place: Place, target: string, middle?: Middle) => () => {
    view.place.value = place;
    if (middle) view.middle.value = middle;
    // After the part has been drawn.
    requestAnimationFrame(() => goTo(target));
  };
  return [
    { key: "?", words: t("Show this list"), does: () => (view.dialog.value = "help") },
    { key: "q", words: t("To the questions"), does: go("evening", "rounds-heading") },
    { key: "s", words: t("To the screen"), does: go("evening", "screen-heading") },
    { key: "m", words: t("To the message"), does: go("evening", "message-field") },
    { key: "n", words: t("To the notes"), does: go("notes", "wall-heading", "wall") },
    ...(mayEnterPaper ? [{ key: "p", words: t("To the paper notes"), does: go("notes", "paper-field", "paper") }] : []),
    { key: "t", words: t("To the tables"), does: go("tables", "radar-heading") },
    { key: "j", words: t("Next note"), does: () => stepNote(1) },
    { key: "k", words: t("Previous note"), does: () => stepNote(-1) },
    { key: "h", words: t("Hide the note in focus"), does: hideFocused },
  ];
}

/** `digits` lead to the questions. */
function useKeys(groups: readonly KeyGroup[], digits: boolean): void {
  useEffect(() => {
    const keys = groups.flatMap((group) => group.keys);
    const onKey = (event: KeyboardEvent) => {
      if (!singleKeys.peek()) return;
      if (press(event, keys) || !digits || !/^[1-9]$/.test(event.key)) return;
      press(event, [{ key: event.key, words: "", does: () => goToQuestion(Number(event.key)) }]);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [groups, digits]);
}
