/**
 * Dragging cards to themes, by mouse, pen and finger; everything it does can be done without it.
 *
 * A mouse takes hold of the whole card, a finger of its grip, so that the page still scrolls under a finger.
 */

import type { DragEvent, DropEvent } from "@interactjs/types/index";
import interact from "interactjs";
import type { Note } from "../../shared/wire";
import { tn } from "../../shared/words";
import type { Bench } from "./bench";
import { notesAround } from "./focus";

const CARD = "[data-card]";
const ZONE = "[data-drop]";

/** Makes the cards and themes inside `root` draggable; returns how to stop. */
export function makeDraggable(root: HTMLElement, bench: Bench): () => void {
  let ghost: HTMLElement | null = null;
  const cards = interact(CARD, { context: root })
    .draggable({
      ignoreFrom: "button, input, a, summary, dialog",
      autoScroll: { container: root.querySelector<HTMLElement>('[data-column="themes"]') ?? root, margin: 80, speed: 600 },
      listeners: {
        start: ({ target, clientX, clientY }: DragEvent) => {
          getSelection()?.removeAllRanges(); // or the mouse would mark all the text that it passes
          root.setAttribute("data-dragging", "");
          ghost = lift(target as HTMLElement, bench);
          follow(ghost, clientX, clientY);
        },
        move: ({ clientX, clientY }: DragEvent) => ghost && follow(ghost, clientX, clientY),
        end: () => {
          root.removeAttribute("data-dragging");
          ghost?.remove();
        },
      },
    })
    .actionChecker((pointer: PointerEvent, event: Event, action: unknown) => {
      const grip = event.target instanceof Element && event.target.closest(".row__grip") !== null;
      return pointer.pointerType === "touch" && !grip ? null : action;
    });
  const zones = interact(ZONE, { context: root }).dropzone({
    accept: CARD,
    overlap: "pointer",
    ondragenter: ({ target }: DropEvent) => target.setAttribute("data-over", ""),
    ondragleave: ({ target }: DropEvent) => target.removeAttribute("data-over"),
    ondropdeactivate: ({ target }: DropEvent) => target.removeAttribute("data-over"),
    ondrop: ({ target, relatedTarget }: DropEvent) => drop(bench, relatedTarget as HTMLElement, target as HTMLElement),
  });
  return () => {
    cards.unset();
    zones.unset();
    ghost?.remove();
  };
}

/** A selected card brings the others that are selected. */
function carried(bench: Bench, card: HTMLElement): readonly Note[] {
  const notes = bench.notesBy(notesAround(card));
  return notes.some((note) => bench.selected.peek().has(note.id)) ? bench.chosen() : notes;
}

function drop(bench: Bench, card: HTMLElement, zone: HTMLElement): void {
  const theme = bench.sorting.peek().heaps.get(zone.dataset.drop ?? "")?.theme ?? null;
  const notes = carried(bench, card);
  if (notes.some((note) => (note.theme ?? null) !== (theme?.id ?? null))) bench.move(notes, theme);
}

function lift(card: HTMLElement, bench: Bench): HTMLElement {
  const notes = carried(bench, card);
  const ghost = document.createElement("div");
  ghost.className = "ghost";
  ghost.setAttribute("aria-hidden", "true");
  ghost.textContent = notes.length > 1 ? tn("%(n)s note", "%(n)s notes", notes.length) : (notes[0]?.text ?? "");
  document.body.append(ghost);
  return ghost;
}

function follow(ghost: HTMLElement, x: number, y: number): void {
  ghost.style.translate = `${x + 12}px ${y + 12}px`;
}
