/** Which theme? A number or a few letters, then Enter. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Theme } from "../../shared/wire";
import { t } from "../../shared/words";
import { Dialog } from "../controls";
import { useBench } from "./bench";
import { find, hasLabel, type Numbered } from "./typeahead";

interface PickerProps {
  heading: string;
  /** A theme that cannot be chosen. */
  except?: string;
  /** Entries beside the themes; left out where there is no such choice. */
  nowhere?: string;
  onTheme: (theme: Theme | null) => void;
  onNew?: (label: string) => void;
  onClose: () => void;
}

interface Entry {
  key: string;
  number: number | null;
  words: string;
  does: () => void;
}

export function Picker(props: PickerProps): JSX.Element {
  const bench = useBench();
  const id = useId();
  const typed = useSignal("");
  const active = useSignal(0);
  const entries = entriesFor(props, typed.value, bench.themes.value);
  const at = Math.min(active.value, entries.length - 1);
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    props.onClose();
    entry.does();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) active.value = (at + step + entries.length) % Math.max(1, entries.length);
    else if (event.key === "Enter") choose(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog heading={props.heading} onClose={props.onClose}>
      <div class="ds-field field">
        <label class="ds-label" for={`${id}-field`}>
          {t("Number or name")}
        </label>
        <input
          id={`${id}-field`}
          class="ds-input"
          type="text"
          role="combobox"
          autoComplete="off"
          autoFocus
          dir="auto"
          maxLength={100}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={entries.length ? `${id}-${at}` : undefined}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            active.value = 0;
          }}
          onKeyDown={onKey}
        />
      </div>
      <Entries id={id} entries={entries} at={at} onChoose={choose} />
    </Dialog>
  );
}

function entriesFor({ except, nowhere, onTheme, onNew }: PickerProps, typed: string, themes: readonly Numbered[]): Entry[] {
  const fitting = find(typed, themes).filter(({ theme }) => theme.id !== except);
  const entries: Entry[] = fitting.map(({ number, theme }) => ({
    key: theme.id,
    number,
    words: theme.label,
    does: () => onTheme(theme),
  }));
  const label = typed.trim();
  // Letters that begin the words reach it too; a digit alone is always a theme's number.
  if (nowhere && (!label || nowhere.toLowerCase().startsWith(label.toLowerCase()))) {
    entries.push({ key: " nowhere", number: null, words: nowhere, does: () => onTheme(null) });
  }
  if (onNew && !hasLabel(label, themes) && !/^\d+$/.test(label)) {
    const words = label ? t("New theme: %(label)s", { label }) : t("New theme");
    entries.push({ key: " new", number: null, words, does: () => onNew(label) });
  }
  return entries;
}

interface EntriesProps {
  id: string;
  entries: readonly Entry[];
  at: number;
  onChoose: (entry: Entry) => void;
}

function Entries({ id, entries, at, onChoose }: EntriesProps): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  return (
    <>
      <ul ref={list} id={`${id}-list`} class="picker" role="listbox" aria-label={t("Themes")}>
        {entries.map((entry, index) => (
          <li
            key={entry.key}
            id={`${id}-${index}`}
            class="picker__entry"
            role="option"
            aria-selected={index === at}
            onClick={() => onChoose(entry)}
          >
            <span class="picker__number">{entry.number}</span>
            <span dir="auto">{entry.words}</span>
          </li>
        ))}
      </ul>
      {entries.length === 0 && (
        <p class="help" role="status">
          {t("No theme fits.")}
        </p>
      )}
    </>
  );
}
