/** Which theme? */

import type { JSX } from "preact";
import type { Theme } from "../../shared/wire";
import { t } from "../../shared/words";
import { Picker, type Entry } from "../picker";
import { useBench } from "./bench";
import { find, hasLabel, type Numbered } from "./typeahead";

interface ThemePickerProps {
  heading: string;
  /** A theme that cannot be chosen. */
  except?: string;
  /** Entries beside the themes; left out where there is no such choice. */
  nowhere?: string;
  onTheme: (theme: Theme | null) => void;
  onNew?: (label: string) => void;
  onClose: () => void;
}

export function ThemePicker(props: ThemePickerProps): JSX.Element {
  const bench = useBench();
  return (
    <Picker
      heading={props.heading}
      label={t("Themes")}
      entries={(typed) => entriesFor(props, typed, bench.themes.value)}
      none={t("No theme fits.")}
      onClose={props.onClose}
    />
  );
}

function entriesFor({ except, nowhere, onTheme, onNew }: ThemePickerProps, typed: string, themes: readonly Numbered[]): Entry[] {
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
