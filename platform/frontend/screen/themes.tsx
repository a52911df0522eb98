/** Themes in the plenary: one at a time, or a picture of them all. Only what the facilitator has chosen to show. */

import type { JSX } from "preact";
import type { ShownTheme } from "../shared/wire";
import { t, tn } from "../shared/words";
import { HEIGHT, picture, WIDTH, type Lane, type Picture } from "./lanes";
import { lengthOf } from "./question";

export function OneTheme({ themes }: { themes: readonly ShownTheme[] }): JSX.Element {
  const [theme] = themes;
  if (!theme) return <Nothing />;
  return (
    <main class="board board--theme">
      <div class="board__middle">
        <h1 class="prompt" dir="auto" data-length={lengthOf(theme.label)}>
          {theme.label}
        </h1>
        <ul class="behind" role="list" aria-label={t("Tables behind the theme")}>
          {theme.groups.map((group) => (
            <li key={group} class="badge">
              <span class="visually-hidden">{t("Table")} </span>
              {group}
            </li>
          ))}
        </ul>
        {theme.quotation && (
          <figure class="quotation">
            <blockquote dir="auto" data-length={lengthOf(theme.quotation.text)}>
              {theme.quotation.text}
            </blockquote>
            <figcaption>{t("Table %(number)s", { number: theme.quotation.group })}</figcaption>
          </figure>
        )}
      </div>
    </main>
  );
}

export function AllThemes({ themes }: { themes: readonly ShownTheme[] }): JSX.Element {
  if (!themes.length) return <Nothing />;
  const drawn = picture(themes);
  return (
    <main class="board board--themes">
      <h1 class="board__title">{t("The themes of the evening")}</h1>
      <Drawing drawn={drawn} />
      <ol class="visually-hidden">
        {themes.map((theme) => (
          <li key={theme.id}>{inWords(theme)}</li>
        ))}
      </ol>
      <p class="board__foot">
        {t("Each circle is a table that has raised the theme.")}{" "}
        {drawn.left > 0 && tn("%(n)s more theme is not in the picture.", "%(n)s more themes are not in the picture.", drawn.left)}
      </p>
    </main>
  );
}

function Drawing({ drawn }: { drawn: Picture }): JSX.Element {
  return (
    <svg
      class="lanes"
      role="img"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMinYMid meet"
      font-size={drawn.fontSize}
      aria-labelledby="lanes-title lanes-desc"
    >
      <title id="lanes-title">{t("The themes of the evening")}</title>
      <desc id="lanes-desc">{t("A row a theme, with a circle for each table behind it. The list after the picture says the same.")}</desc>
      {drawn.lanes.map((lane) => (
        <Row key={lane.theme.id} lane={lane} drawn={drawn} />
      ))}
    </svg>
  );
}

function Row({ lane, drawn }: { lane: Lane; drawn: Picture }): JSX.Element {
  const first = lane.y - ((lane.lines.length - 1) * drawn.fontSize * 1.15) / 2;
  return (
    <g>
      <text class="lanes__label" x={lane.x} y={first}>
        {lane.lines.map((line, index) => (
          <tspan key={index} x={lane.x} dy={index ? "1.15em" : "0.35em"}>
            {line}
          </tspan>
        ))}
      </text>
      {!drawn.numbered && (
        <text class="lanes__count" x={lane.circles[0]!.x - drawn.radius * 2} y={lane.y} dy="0.35em">
          {lane.circles.length}
        </text>
      )}
      {lane.circles.map(({ group, x, y }) => (
        <g key={group}>
          <circle class="lanes__circle" cx={x} cy={y} r={drawn.radius} />
          {drawn.numbered && (
            <text class="lanes__number" x={x} y={y} dy="0.35em" font-size={drawn.radius}>
              {group}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

function inWords({ label, groups }: ShownTheme): string {
  const tables = groups.join(", ");
  return tn("%(label)s: table %(tables)s", "%(label)s: tables %(tables)s", groups.length, { label, tables });
}

function Nothing(): JSX.Element {
  return (
    <main class="board board--alone">
      <h1 class="prompt" data-length="short">
        {t("The notes become themes")}
      </h1>
      <p class="board__line">{t("They are shown here when they are ready.")}</p>
    </main>
  );
}
