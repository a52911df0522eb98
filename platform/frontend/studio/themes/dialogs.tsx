/** What is asked before something is done: which theme, what name, what to do with a theme. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Note, Theme } from "../../shared/wire";
import { t, tn } from "../../shared/words";
import { Dialog, Tool } from "../controls";
import { Field } from "../field";
import { useBench } from "./bench";
import { approve, settle } from "./finish";
import { SimilarNotes } from "./similar_notes";
import { ThemePicker } from "./theme_picker";

const LONGEST = 100;

export function Dialogs(): JSX.Element | null {
  const bench = useBench();
  const asked = bench.dialog.value;
  const close = () => (bench.dialog.value = null);
  switch (asked?.what) {
    case "move":
      return <Move notes={asked.notes} onClose={close} />;
    case "similar":
      return <SimilarNotes key={asked.notes[0]!.id} notes={asked.notes} onClose={close} />;
    case "second":
      return <Second note={asked.notes[0]!} onClose={close} />;
    case "merge":
      return (
        <ThemePicker
          heading={t("Merge %(theme)s into…", { theme: asked.theme.label })}
          except={asked.theme.id}
          onTheme={(into) => into && bench.merge(asked.theme, into)}
          onClose={close}
        />
      );
    case "name":
      return <NewName notes={asked.notes} onClose={close} />;
    case "rename":
      return <Rename theme={asked.theme} onClose={close} />;
    case "theme":
      return <AboutTheme theme={asked.theme} onClose={close} />;
    default:
      return null;
  }
}

function Move({ notes, onClose }: { notes: readonly Note[]; onClose: () => void }): JSX.Element {
  const bench = useBench();
  const places = new Set(notes.map((note) => note.theme ?? null));
  const here = places.size === 1 ? [...places][0] : undefined;
  return (
    <ThemePicker
      heading={tn("Move %(n)s note to…", "Move %(n)s notes to…", notes.length)}
      except={here ?? undefined}
      nowhere={here === null ? undefined : t("Not placed")}
      onTheme={(theme) => bench.move(notes, theme)}
      onNew={(label) => (label ? bench.add(label, notes) : (bench.dialog.value = { what: "name", notes }))}
      onClose={onClose}
    />
  );
}

function Second({ note, onClose }: { note: Note; onClose: () => void }): JSX.Element {
  const bench = useBench();
  return (
    <ThemePicker
      heading={t("Also refer to the note from…")}
      except={note.theme ?? undefined}
      nowhere={note.second ? t("No reference") : undefined}
      onTheme={(theme) => bench.second(note, theme)}
      onClose={onClose}
    />
  );
}

function NewName({ notes, onClose }: { notes: readonly Note[]; onClose: () => void }): JSX.Element {
  const bench = useBench();
  const heading = notes.length
    ? tn("New theme of %(n)s note", "New theme of %(n)s notes", notes.length)
    : t("New theme");
  return <Name heading={heading} submit={t("Make the theme")} onName={(label) => bench.add(label, notes)} onClose={onClose} />;
}

function Rename({ theme, onClose }: { theme: Theme; onClose: () => void }): JSX.Element {
  const bench = useBench();
  return (
    <Name
      heading={t("Name the theme")}
      submit={t("Save the name")}
      start={theme.label}
      // What stands there already, and is saved, is thereby confirmed.
      onName={(label) => (label === theme.label ? bench.confirm(theme) : bench.rename(theme, label))}
      onClose={onClose}
    />
  );
}

interface NameProps {
  heading: string;
  submit: string;
  start?: string;
  onName: (label: string) => void;
  onClose: () => void;
}

function Name({ heading, submit, start = "", onName, onClose }: NameProps): JSX.Element {
  const label = useSignal(start);
  const missing = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const save = (event: Event) => {
    event.preventDefault();
    const name = label.value.trim().replace(/\s+/g, " ");
    missing.value = !name;
    if (!name) return field.current?.focus();
    onClose();
    onName(name);
  };
  return (
    <Dialog heading={heading} onClose={onClose}>
      <form class="stack" noValidate onSubmit={save}>
        <Field
          label={t("The theme's name")}
          help={t("Use the members' own words. Never name a theme after a person.")}
          error={missing.value ? t("Give the theme a name.") : ""}
          longest={LONGEST}
          size="md"
          control={field}
          value={label.value}
          onValue={(text) => (label.value = text)}
        />
        <button type="submit" class="ds-button" data-size="sm">
          {submit}
        </button>
      </form>
    </Dialog>
  );
}

function AboutTheme({ theme, onClose }: { theme: Theme; onClose: () => void }): JSX.Element {
  const bench = useBench();
  const number = bench.themes.value.find((one) => one.theme.id === theme.id)?.number ?? 0;
  const then = (does: () => void) => () => {
    onClose();
    does();
  };
  const ask = (what: "rename" | "merge") => then(() => (bench.dialog.value = { what, theme }));
  return (
    <Dialog heading={`${number}. ${theme.label}`} onClose={onClose}>
      <div class="about-theme">
        <Tool onPress={ask("rename")}>{t("Name the theme")}</Tool>
        <Tool onPress={ask("merge")}>{t("Merge into another theme…")}</Tool>
        {number > 1 && <Tool onPress={then(() => bench.step(theme, -1))}>{t("Move it up")}</Tool>}
        {number < bench.themes.value.length && (
          <Tool onPress={then(() => bench.step(theme, 1))}>{t("Move it down")}</Tool>
        )}
        <Tool onPress={then(() => bench.selectAll(bench.notesIn(theme.id)))}>{t("Select its notes")}</Tool>
        <Tool onPress={then(() => approve(bench, bench.notesIn(theme.id)))}>{t("Its notes lie right")}</Tool>
        <Tool onPress={then(() => settle(bench, [theme]))}>{t("All of it is right: the name and its notes")}</Tool>
        <Tool onPress={then(() => bench.remove(theme))}>{t("Remove the theme")}</Tool>
      </div>
      <p class="help">{t("A theme that is removed leaves its notes unplaced. All of this can be undone.")}</p>
    </Dialog>
  );
}
