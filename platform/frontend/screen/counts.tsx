/** A number a table, in a quiet row at the foot of the screen. */

import type { JSX } from "preact";
import { t } from "../shared/words";

interface CountsProps {
  heading: string;
  counts: readonly { table: number; count: number }[];
}

export function Counts({ heading, counts }: CountsProps): JSX.Element {
  const inOrder = [...counts].sort((a, b) => a.table - b.table);
  return (
    <section class="counts" aria-labelledby="counts-heading">
      <h2 id="counts-heading">{heading}</h2>
      <ul role="list" data-many={inOrder.length > 14 || undefined}>
        {inOrder.map(({ table, count }) => (
          <li key={table}>
            <span class="badge">
              <span class="visually-hidden">{t("Table")} </span>
              {table}
            </span>
            <span class="count">{count}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
