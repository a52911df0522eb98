/** What one should know of what one has done: that it is done, that it waits, that it was refused. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t, tn } from "../../shared/words";
import { Tool } from "../controls";
import { isStuck } from "./deeds";
import type { Past } from "./past";

/** Tells those who listen what was just done. */
export function Said({ past: { said } }: { past: Past }): JSX.Element {
  return (
    <p class="visually-hidden" role="status">
      <span key={said.value}>{said.value.words}</span>
    </p>
  );
}

/** What nobody has answered. */
export function Stuck({ past: { deeds } }: { past: Past }): JSX.Element | null {
  const stuck = deeds.open.value.filter(isStuck);
  useWarning(stuck.length > 0);
  if (!stuck.length) return null;
  return (
    <News tone="waits">
      <p>
        {tn("%(n)s change waits for the server. It is kept here.", "%(n)s changes wait for the server. They are kept here.", stuck.length)}
      </p>
      <Tool onPress={() => deeds.again()}>{t("Try again")}</Tool>
    </News>
  );
}

/** Why the server would not do the last thing. */
export function Refusal({ past: { deeds } }: { past: Past }): JSX.Element | null {
  if (!deeds.refusal.value) return null;
  return (
    <div class="refusal" role="alert">
      <p>{deeds.refusal.value}</p>
      <Tool onPress={() => (deeds.refusal.value = null)}>{t("Put away")}</Tool>
    </div>
  );
}

/** The browser asks before it leaves a page that keeps something. */
export function useWarning(keeps: boolean): void {
  useEffect(() => {
    const warn = (event: Event) => event.preventDefault();
    if (keeps) addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [keeps]);
}

export function News({ tone, children }: { tone?: "waits"; children: ComponentChildren }): JSX.Element {
  return (
    <div class="tray foot__bar" data-tone={tone ? undefined : "calm"}>
      {children}
    </div>
  );
}
