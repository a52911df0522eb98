/** Where the picture of all themes puts things: a lane a theme, a circle a group. Pure; units of its own. */

import type { ShownTheme } from "../shared/wire";

export const WIDTH = 1600;
export const HEIGHT = 760;
/** More lanes than this would not be read from the last row. */
export const MOST = 24;

const ONE_COLUMN = 10;
const TALLEST = 96;
const WORDS = 0.52; // of a lane; the rest is for circles
const CHARACTER = 0.48; // the width of one, in ems, on the average
const AIR = 24;
const STEP = 2.2; // from circle to circle, in radii
const MOST_ROWS = 3;
/** A number in a smaller circle would not be read. */
const LEGIBLE = 16;

export interface Lane {
  theme: ShownTheme;
  x: number;
  /** The middle of the lane. */
  y: number;
  /** The label, broken into one or two lines. */
  lines: string[];
  circles: { group: number; x: number; y: number }[];
}

export interface Picture {
  lanes: Lane[];
  fontSize: number;
  radius: number;
  /** Whether the circles have room for the groups' numbers; else each lane tells how many they are. */
  numbered: boolean;
  /** How many themes have no lane. */
  left: number;
}

/** The length of a lane's row of circles is how many groups stand behind its theme: never how much they wrote. */
export function picture(themes: readonly ShownTheme[]): Picture {
  const shown = themes.slice(0, MOST);
  const columns = shown.length > ONE_COLUMN ? 2 : 1;
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const height = Math.min(TALLEST, HEIGHT / rows);
  const width = (WIDTH - AIR * 2 * (columns - 1)) / columns;
  const fontSize = Math.min(columns === 1 ? 38 : 28, height * 0.38);
  const most = Math.max(1, ...shown.map(({ groups }) => groups.length));
  const room = width * (1 - WORDS) - AIR;
  const { radius, inRow } = circles(most, room, height);
  const numbered = radius >= LEGIBLE;
  const words = width * WORDS - (numbered ? 0 : fontSize * 2);
  const longest = Math.floor(words / (fontSize * CHARACTER));
  const lanes = shown.map((theme, index): Lane => {
    const x = Math.floor(index / rows) * (width + AIR * 2);
    const y = (index % rows) * height + height / 2;
    const begin = x + width * WORDS + AIR + radius;
    const top = y - ((Math.ceil(theme.groups.length / inRow) - 1) * radius * STEP) / 2;
    return {
      theme,
      x,
      y,
      lines: broken(theme.label, longest),
      circles: theme.groups.map((group, place) => ({
        group,
        x: begin + (place % inRow) * radius * STEP,
        y: top + Math.floor(place / inRow) * radius * STEP,
      })),
    };
  });
  return { lanes, fontSize, radius, numbered, left: themes.length - shown.length };
}

/** The largest circles with which the longest lane still has room, in as many rows as that takes. */
function circles(most: number, room: number, height: number): { radius: number; inRow: number } {
  const tries = Array.from({ length: MOST_ROWS }, (_, index) => {
    const inRow = Math.ceil(most / (index + 1));
    return { inRow, radius: Math.min(height * 0.36, height / (index + 1) / (STEP + 0.2), room / inRow / STEP) };
  });
  return tries.reduce((best, one) => (one.radius > best.radius ? one : best));
}

/** A label on at most two lines of so many characters; what does not fit ends in an ellipsis. */
export function broken(label: string, longest: number): string[] {
  const words = label.split(" ");
  const lines = [""];
  for (const word of words) {
    const line = lines.at(-1)!;
    if (!line || line.length + 1 + word.length <= longest) lines[lines.length - 1] = line ? `${line} ${word}` : word;
    else lines.push(word);
  }
  const kept = lines.slice(0, 2);
  if (lines.length > 2) {
    // A last word gives way to the ellipsis, unless it is the only one.
    kept[1] = (kept[1]!.length < longest ? kept[1]! : kept[1]!.replace(/ \S+$/, "")) + "…";
  }
  return kept.map((line) => (line.length > longest ? `${line.slice(0, longest - 1)}…` : line));
}
