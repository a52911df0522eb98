/** The top of the studio: which evening this is, what was just done and can be undone, and how the line is. */

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../shared/words";
import { useAct } from "./act";
import { ActError, Tool } from "./controls";
import { useDesk } from "./desk";
import { isTyping } from "./keys";
import { show, shownView, type StudioView } from "./view";

interface BarProps {
  /** How to take back what was done, where there is more of it than the last thing. */
  history?: JSX.Element | null;
  onExports: () => void;
  onHelp: () => void;
}

export function Bar({ history, onExports, onHelp }: BarProps): JSX.Element {
  const desk = useDesk();
  const title = desk.store.workshop.value?.title ?? t("Studio");
  useEffect(() => {
    document.title = `${title} – Verkstad`;
  }, [title]);
  return (
    <header class="bar">
      <div class="bar__title">
        {desk.boot.urls && (
          <a class="bar__back" href={desk.boot.urls.back}>
            <span aria-hidden="true">← </span>
            {t("The evening's page")}
          </a>
        )}
        <h1 dir="auto">{title}</h1>
      </div>
      {desk.may("sort") && !desk.onlySorts && <Views />}
      {history || <UndoBar />}
      <div class="bar__end">
        <LineWords />
        {shownView.value === "themes" && desk.boot.urls && desk.may("share") && (
          <a href={desk.boot.urls.invite}>{t("Invite the theme team")}</a>
        )}
        {desk.boot.urls && desk.may("export") && (
          <Tool onPress={onExports}>
            {t("Download")}
          </Tool>
        )}
        <Tool variant="tertiary" onPress={onHelp}>
          {t("Keys")}
        </Tool>
      </div>
    </header>
  );
}

/** The evening, its themes, its summary, or the names in it. */
function Views(): JSX.Element {
  const desk = useDesk();
  const views: [StudioView, string][] = [
    ["evening", t("The evening")],
    ["themes", t("Themes")],
    ...(desk.may("summarise") ? summing() : []),
  ];
  return (
    <nav class="segments bar__views" aria-label={t("The studio shows")}>
      {views.map(([view, words]) => (
        <button
          key={view}
          type="button"
          class="segment"
          aria-current={shownView.value === view ? "true" : undefined}
          onClick={() => show(view)}
        >
          {words}
        </button>
      ))}
    </nav>
  );
}

function summing(): [StudioView, string][] {
  return [
    ["summary", t("Summary")],
    ["names", t("Names and details")],
  ];
}

/** What was just done, with one way back. It stays until the next thing is done or it is put away. */
function UndoBar(): JSX.Element {
  const desk = useDesk();
  const act = useAct();
  const undo = desk.undo.value;
  const takeBack = async () => {
    const offered = desk.undo.peek();
    if (offered && (await act.run(offered.changes)) && desk.undo.peek() === offered) desk.undo.value = null;
  };
  useUndoKey(() => void takeBack());
  return (
    <div class="undo" data-shown={undo !== null}>
      <p role="status">{undo?.text}</p>
      {undo && (
        <>
          <Tool busy={act.pending.value} onPress={() => void takeBack()}>
            {t("Undo")}
          </Tool>
          <Tool variant="tertiary" label={t("Put away")} onPress={() => (desk.undo.value = null)}>
            <span aria-hidden="true">×</span>
          </Tool>
        </>
      )}
      <ActError act={act} />
    </div>
  );
}

/** Ctrl and Z (or Command and Z), except where it belongs to a text field. */
function useUndoKey(takeBack: () => void): void {
  const latest = useRef(takeBack);
  latest.current = takeBack;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyping(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function LineWords(): JSX.Element {
  const { connection } = useDesk();
  const line = connection.line.value;
  const words = {
    online: t("Connected"),
    connecting: t("Connecting…"),
    offline: t("No contact with the server. What you see may be old."),
  }[line];
  return (
    <p
      class="status-line"
      role="status"
      data-state={line === "online" ? "ok" : line === "offline" ? "failed" : "waiting"}
    >
      {words}
    </p>
  );
}
