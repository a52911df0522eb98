/** Small things that several views need. */

import { useEffect, useRef } from "preact/hooks";
import type { RefObject } from "preact";

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

/** Whether this device has a real keyboard, as far as one can tell: then a field may take the focus by itself. */
export function hasKeyboard(): boolean {
  return matchMedia("(hover: hover) and (pointer: fine)").matches;
}
