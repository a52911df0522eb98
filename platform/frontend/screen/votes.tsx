/** A voting on the screen: that it is under way, and what came of it. Never how it goes meanwhile. */

import type { JSX } from "preact";
import type { Store } from "../shared/store";
import type { Voting, Workshop } from "../shared/wire";
import { t, tn } from "../shared/words";
import { Corner } from "./corner";

/** More lines than this would not be read from the last row. */
const MOST = 8;

interface VotesProps {
  store: Store;
  workshop: Workshop;
  address: string;
}

export function Votes({ store, workshop, address }: VotesProps): JSX.Element {
  const voting = store.lastVoting();
  if (voting?.result) return <Result store={store} voting={voting} />;
  return (
    <main class="board board--question">
      <Corner address={address} code={workshop.code} />
      <div class="board__middle">
        <h1 class="prompt" data-length="short">
          {voting ? t("Lay your dots") : t("No voting yet")}
        </h1>
        <p class="board__line">
          {voting?.each === "table" && t("The table's scribe lays them on the phone. Decide together.")}
          {voting?.each === "person" && t("Everybody lays their own, on the phone.")}
        </p>
      </div>
    </main>
  );
}

function Result({ store, voting }: { store: Store; voting: Voting }): JSX.Element {
  const result = (voting.result ?? []).flatMap((line) => {
    const text = line.text || store.notes.value.get(line.id)?.text;
    return text ? [{ ...line, text }] : [];
  });
  const most = Math.max(1, ...result.map(({ dots }) => dots));
  const left = result.length - MOST;
  return (
    <main class="board">
      <h1 class="board__title">{t("The result of the voting")}</h1>
      <ol class="sums" role="list">
        {result.slice(0, MOST).map(({ id, text, dots }) => (
          <li key={id} class="sums__line">
            <p class="sums__text" dir="auto">
              {text}
            </p>
            <span class="sums__bar" style={{ "--share": dots / most }} aria-hidden="true" />
            <p class="sums__dots">
              {dots}
              <span class="visually-hidden"> {tn("dot", "dots", dots)}</span>
            </p>
          </li>
        ))}
      </ol>
      {left > 0 && <p class="board__foot">{tn("%(n)s more is not shown here.", "%(n)s more are not shown here.", left)}</p>}
    </main>
  );
}
