/** The few controls that all parts of the studio share. */

import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../shared/words";
import type { Act } from "./act";

interface ToolProps {
  onPress: () => void;
  children: ComponentChildren;
  variant?: "primary" | "secondary" | "tertiary";
  /** What it is called where its words alone do not say what it is about. */
  label?: string;
  /** The key that does the same. */
  hint?: string;
  /** Whether it is on; a button that is neither has none. */
  pressed?: boolean;
  busy?: boolean;
  class?: string;
}

/** A button of the studio. */
export function Tool({ onPress, children, variant = "secondary", label, hint, pressed, busy, class: more }: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class={more ? `ds-button ${more}` : "ds-button"}
      data-size="sm"
      data-variant={variant === "primary" || pressed ? undefined : variant}
      aria-label={label}
      aria-keyshortcuts={hint}
      aria-pressed={pressed}
      aria-busy={busy}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

interface PressProps {
  act: Act;
  onPress: () => void;
  variant?: "secondary" | "tertiary";
  children: ComponentChildren;
  label?: string;
}

/** A button that does an act. While it waits it keeps its focus and its words, and takes no second press. */
export function Press({ act, onPress, variant, label, children }: PressProps): JSX.Element {
  const press = () => act.pending.peek() || onPress();
  return (
    <Tool variant={variant ?? "primary"} label={label} busy={act.pending.value} onPress={press}>
      {children}
    </Tool>
  );
}

/** Why an act was refused, beside the act; with a way to send the same again when nobody answered. */
export function ActError({ act }: { act: Act }): JSX.Element | null {
  const refusal = act.refusal.value;
  if (!refusal) return null;
  return (
    <div class="refusal" role="alert">
      <p>{refusal.message}</p>
      {refusal.unanswered && (
        <Tool busy={act.pending.value} onPress={() => void act.again()}>
          {t("Try again")}
        </Tool>
      )}
    </div>
  );
}

interface FormButtonsProps {
  act: Act;
  submit: string;
  onCancel: () => void;
}

/** How a small form inside a card ends: do it, or leave it. */
export function FormButtons({ act, submit, onCancel }: FormButtonsProps): JSX.Element {
  return (
    <>
      <div class="cluster">
        <button type="submit" class="ds-button" data-size="sm" aria-busy={act.pending.value}>
          {submit}
        </button>
        <Tool variant="tertiary" onPress={onCancel}>
          {t("Cancel")}
        </Tool>
      </div>
      <ActError act={act} />
    </>
  );
}

interface DialogProps {
  heading: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A modal dialog while it is rendered. Escape, the cross and a press outside close it; focus returns by itself. */
export function Dialog({ heading, onClose, children }: DialogProps): JSX.Element {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key: what is typed at once belongs to the dialog.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => opener instanceof HTMLElement && opener.focus();
  }, []);
  const outside = (event: MouseEvent) => event.target === dialog.current && onClose();
  return (
    <dialog ref={dialog} class="ds-dialog studio-dialog" aria-labelledby={id} onClose={onClose} onClick={outside}>
      <div class="stack">
        <div class="toolbar">
          <h2 id={id}>{heading}</h2>
          <Tool class="toolbar__end" variant="tertiary" onPress={onClose}>
            {t("Close")}
          </Tool>
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** A table's sign: its number, with "Table" before it for those who listen. */
export function TableBadge({ number }: { number: number }): JSX.Element {
  return (
    <span class="badge">
      <span class="visually-hidden">{t("Table")} </span>
      {number}
    </span>
  );
}

/** "Table 3", or "Table 3 · Kitchen" when it has a name that says more than its number. */
export function tableName(table: { number: number; name: string }): string {
  const plain = t("Table %(number)s", { number: table.number });
  const name = table.name.trim();
  return name && !isPlainName(name, table.number) ? `${plain} · ${name}` : plain;
}

/** Whether a name only repeats the number, in the languages that evenings are held in. */
export function isPlainName(name: string, number: number): boolean {
  return new RegExp(`^(?:(?:bord|grupp|table|group)\\s*)?${number}$`, "i").test(name.trim());
}
