/**
 * Notes that do not fit become pages. The columns flow sideways out of a frame of fixed size, and turning a page moves
 * the frame by its own width. Pages turn by themselves unless somebody holds them or has asked for less motion.
 */

import { signal, type Signal } from "@preact/signals";
import { createRef, type JSX, type RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { t } from "../shared/words";

const TURN_EVERY = 14_000;

export class Pages {
  readonly frame: RefObject<HTMLUListElement | null> = createRef<HTMLUListElement>();
  readonly page = signal(0);
  readonly count = signal(1);
  readonly held: Signal<boolean>;
  private news = false;

  constructor(calm: boolean) {
    this.held = signal(calm);
  }

  /** How many pages there are now; called when notes or the window's size have changed. */
  measure(): void {
    const frame = this.frame.current;
    if (!frame) return;
    this.count.value = Math.max(1, Math.round((frame.scrollWidth + gap(frame)) / (frame.clientWidth + gap(frame))));
    this.go(Math.min(this.page.peek(), this.count.peek() - 1));
  }

  go(page: number): void {
    const frame = this.frame.current;
    this.page.value = (page + this.count.peek()) % this.count.peek();
    if (frame) frame.scrollLeft = this.page.peek() * (frame.clientWidth + gap(frame));
  }

  /** The next page; the first one when something new waits there. */
  turn(): void {
    if (this.count.peek() > 1) this.go(this.news ? 0 : this.page.peek() + 1);
  }

  newsWait(news: boolean): void {
    this.news = news;
  }
}

function gap(frame: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(frame).columnGap) || 0;
}

/** The pages of a board with so many notes. */
export function usePages(notes: number): Pages {
  const pages = useMemo(() => new Pages(matchMedia("(prefers-reduced-motion: reduce)").matches), []);
  useEffect(() => pages.measure(), [notes, pages.page.value]);
  useEffect(() => {
    const resize = new ResizeObserver(() => pages.measure());
    if (pages.frame.current) resize.observe(pages.frame.current);
    void document.fonts.ready.then(() => pages.measure());
    const timer = setInterval(() => pages.held.peek() || pages.turn(), TURN_EVERY);
    const onKey = (event: KeyboardEvent) => {
      const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
      // On one page the keys belong to the browser, which may have to scroll.
      if (!step || pages.count.peek() < 2) return;
      event.preventDefault();
      pages.go(pages.page.peek() + step);
    };
    document.addEventListener("keydown", onKey);
    return () => {
      resize.disconnect();
      clearInterval(timer);
      document.removeEventListener("keydown", onKey);
    };
  }, [pages]);
  return pages;
}

/** Where one is, and how to turn, hold and let go; nothing when all fits on one page. */
export function PageTurner({ pages }: { pages: Pages }): JSX.Element | null {
  if (pages.count.value < 2) return null;
  const held = pages.held.value;
  return (
    <nav class="turner" aria-label={t("Pages")}>
      <button
        type="button"
        class="turner__button"
        aria-label={t("Previous page")}
        onClick={() => pages.go(pages.page.peek() - 1)}
      >
        <span aria-hidden="true">‹</span>
      </button>
      <p>{t("Page %(page)s of %(count)s", { page: pages.page.value + 1, count: pages.count.value })}</p>
      <button
        type="button"
        class="turner__button"
        aria-label={t("Next page")}
        onClick={() => pages.go(pages.page.peek() + 1)}
      >
        <span aria-hidden="true">›</span>
      </button>
      <button type="button" class="turner__button" onClick={() => (pages.held.value = !held)}>
        {held ? t("Turn pages by itself") : t("Hold the page")}
      </button>
    </nav>
  );
}
