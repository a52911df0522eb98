/** Finding a theme by its number or by letters of its name. Pure. */

import type { Theme } from "../../shared/wire";
import { sameWords } from "./stacks";

/** A theme as it is numbered on the page. */
export interface Numbered {
  number: number;
  theme: Theme;
}

/** Those that fit what was typed, the best first: the number, how the name begins, a word, anything inside. */
export function find(typed: string, themes: readonly Numbered[]): Numbered[] {
  const wanted = sameWords(typed);
  if (!wanted) return [...themes];
  const scored = themes.map((one) => ({ one, score: score(wanted, one) })).filter(({ score }) => score < NONE);
  return scored.sort((a, b) => a.score - b.score || a.one.number - b.one.number).map(({ one }) => one);
}

const NONE = 6;

function score(wanted: string, { number, theme }: Numbered): number {
  if (String(number) === wanted) return 0;
  const label = sameWords(theme.label);
  if (label.startsWith(wanted)) return 1;
  if (` ${label}`.includes(` ${wanted}`)) return 2;
  if (String(number).startsWith(wanted)) return 3;
  if (theme.keywords.some((word) => sameWords(word).startsWith(wanted))) return 4;
  return label.includes(wanted) ? 5 : NONE;
}

/** Whether a theme of just this name is there already. */
export function hasLabel(typed: string, themes: readonly Numbered[]): boolean {
  const wanted = typed.trim().toLowerCase();
  return themes.some(({ theme }) => theme.label.trim().toLowerCase() === wanted);
}
