/** One of many: a number or a few letters, then Enter. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../shared/words";
import { Dialog } from "./controls";

export interface Entry {
  key: string;
  number: number | null;
  words: string;
  does: () => void;
}

interface PickerProps {
  heading: string;
  /** What the list is of. */
  label: string;
  /** What fits what was typed, the best first. */
  entries: (typed: string) => readonly Entry[];
  /** Said when nothing fits. */
  none: string;
  onClose: () => void;
}

export function Picker(props: PickerProps): JSX.Element {
  const id = useId();
  const typed = useSignal("");
  const active = useSignal(0);
  const entries = props.entries(typed.value);
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
      <Entries id={id} label={props.label} entries={entries} at={at} onChoose={choose} />
      {entries.length === 0 && (
        <p class="help" role="status">
          {props.none}
        </p>
      )}
    </Dialog>
  );
}

interface EntriesProps {
  id: string;
  label: string;
  entries: readonly Entry[];
  at: number;
  onChoose: (entry: Entry) => void;
}

function Entries({ id, label, entries, at, onChoose }: EntriesProps): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  return (
    <ul ref={list} id={`${id}-list`} class="picker" role="listbox" aria-label={label}>
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
  );
}
