/** How time is told in the studio: what is left to the second, what has passed in whole minutes. */

import { t } from "../shared/words";

/** 372 → "6:12". */
export function countdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How long ago something was, as the radar says it. */
export function ago(minutes: number): string {
  if (minutes < 1) return t("now");
  if (minutes < 60) return t("%(n)s min", { n: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? t("%(n)s h", { n: hours }) : t("%(n)s d", { n: Math.floor(hours / 24) });
}

/** The minutes that a running timer has left, as `round.open` takes them back; none when there is no timer. */
export function minutesLeft(endsAt: string | null, skew: number, clock: number = Date.now()): { minutes?: number } {
  if (!endsAt) return {};
  const minutes = Math.ceil((Date.parse(endsAt) - clock - skew) / 60_000);
  return minutes > 0 ? { minutes } : {};
}
