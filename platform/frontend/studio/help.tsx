/** The keys of the studio, and what one may switch off. */

import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { t } from "../shared/words";
import { Dialog } from "./controls";
import type { KeyGroup } from "./keys";
import { announceNotes, singleKeys } from "./prefs";

interface HelpProps {
  groups: readonly KeyGroup[];
  /** Whether they are the keys of the evening, which has more than single ones. */
  evening: boolean;
  onClose: () => void;
}

export function Help({ groups, evening, onClose }: HelpProps): JSX.Element {
  return (
    <Dialog heading={t("Keys")} onClose={onClose}>
      {groups.map(({ heading, keys }) => (
        <section key={heading} class="stack" data-gap="tight">
          {heading && <h3>{heading}</h3>}
          <dl class="keys">
            {keys.map(({ key, words }) => (
              <KeyRow key={key} shown={shownAs(key)} words={words} />
            ))}
          </dl>
        </section>
      ))}
      <dl class="keys">
        {evening && <KeyRow shown="1–9" words={t("To the button of question 1 to 9")} />}
        {evening && <KeyRow shown="← →" words={t("Previous or next theme, on the theme walk")} />}
        <KeyRow shown="Ctrl Z" words={t("Undo the last thing")} />
        {evening && <KeyRow shown="Esc" words={t("Close what is open")} />}
      </dl>
      <Switch choice={singleKeys} label={t("Single keys do things")} />
      <Switch choice={announceNotes} label={t("Tell a screen reader about new notes")} />
    </Dialog>
  );
}

function shownAs(key: string): string {
  if (key === "Escape") return "Esc";
  return /^[A-Z]$/.test(key) ? `Shift ${key}` : key;
}

function KeyRow({ shown, words }: { shown: string; words: string }): JSX.Element {
  return (
    <div class="keys__row">
      <dt>
        <kbd>{shown}</kbd>
      </dt>
      <dd>{words}</dd>
    </div>
  );
}

function Switch({ choice, label }: { choice: Signal<boolean>; label: string }): JSX.Element {
  const id = useId();
  return (
    <div class="switch">
      <input
        id={id}
        class="ds-input"
        data-size="sm"
        type="checkbox"
        role="switch"
        checked={choice.value}
        onChange={(event) => (choice.value = event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
    </div>
  );
}
