/** Small things that several views need. */

import { useEffect, useRef } from "preact/hooks";
import type { RefObject } from "preact";

const AIR = 8;

/** The document's title while the view is on the screen. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Verkstad`;
  }, [title]);
}

/** A text field as high as its text, also where CSS cannot do it. */
export function useGrowing(text: string): RefObject<HTMLTextAreaElement | null> {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!field.current || CSS.supports("field-sizing", "content")) return;
    field.current.style.height = "auto";
    field.current.style.height = `${field.current.scrollHeight + 2}px`;
  }, [text]);
  return field;
}

/** When the keyboard comes up over a form that is being written in, scrolls so far that its button is in reach. */
export function useInReach(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const view = window.visualViewport;
    const onResize = () => {
      if (!view || !form.current?.contains(document.activeElement)) return;
      const { top, bottom } = form.current.getBoundingClientRect();
      const hidden = bottom + AIR - (view.offsetTop + view.height);
      // Never so far that the field itself leaves at the top.
      if (hidden > 0) scrollBy({ top: Math.min(hidden, Math.max(0, top - view.offsetTop)) });
    };
    view?.addEventListener("resize", onResize);
    return () => view?.removeEventListener("resize", onResize);
  }, []);
  return form;
}

/** Whether this device has a real keyboard, as far as one can tell: then a field may take the focus by itself. */
export function hasKeyboard(): boolean {
  return matchMedia("(hover: hover) and (pointer: fine)").matches;
}
