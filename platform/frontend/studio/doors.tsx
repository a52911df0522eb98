/** The workshop's state and the way in: the code, the address, the projector, the table sheets. */

import type { JSX } from "preact";
import { spelled } from "../shared/code";
import type { WorkshopState } from "../shared/wire";
import { t } from "../shared/words";
import { useAct } from "./act";
import { ActError, Press } from "./controls";
import { useDesk, type Change, type Desk } from "./desk";

export function Doors(): JSX.Element {
  const desk = useDesk();
  const { urls } = desk.boot;
  const workshop = desk.store.workshop.value;
  const state = workshop?.state ?? "draft";
  return (
    <section class="stack" data-gap="tight" aria-labelledby="doors-heading">
      <h2 id="doors-heading" class="visually-hidden" tabIndex={-1}>
        {t("The workshop")}
      </h2>
      <p class="status-line" data-state={state === "open" ? "ok" : undefined}>
        <span>
          <strong>{stateWord(state)}.</strong> {consequence(state)}
        </span>
      </p>
      {desk.may("run") && <Moves desk={desk} state={state} />}
      <div class="way-in">
        <div class="way-in__code">
          <p>
            <span class="visually-hidden">{t("Code")} </span>
            <span class="join-code">{spelled(desk.boot.code)}</span>
          </p>
          <p class="way-in__address">{desk.boot.address}</p>
        </div>
        {urls && (
          <ul class="cluster" role="list">
            {desk.may("run") && (
              <li>
                <form method="post" action={urls.screen} target="_blank" rel="noopener">
                  <input type="hidden" name="csrf_token" value={desk.boot.csrf} />
                  <button class="link-button">
                    {t("Open the screen")}
                    <span class="visually-hidden"> {t("(new tab)")}</span>
                  </button>
                </form>
              </li>
            )}
            <li>
              <a href={urls.sheets}>{t("Table sheets (pdf)")}</a>
            </li>
          </ul>
        )}
      </div>
    </section>
  );
}

interface Move {
  to: WorkshopState;
  words: string;
  after: string;
  first?: boolean;
}

/** The moves a person may make from a state; the server has the same rules. */
function movesFrom(state: WorkshopState): Move[] {
  switch (state) {
    case "draft":
      return [{ to: "open", words: t("Open the workshop"), after: t("The workshop is open."), first: true }];
    case "open":
      return [
        { to: "closed", words: t("Close the workshop"), after: t("The workshop is closed.") },
        { to: "draft", words: t("Back to draft"), after: t("The workshop is a draft again.") },
      ];
    case "closed":
      return [
        { to: "open", words: t("Open again"), after: t("The workshop is open.") },
        { to: "under_review", words: t("Hand over for review"), after: t("The workshop is under review.") },
      ];
    case "under_review":
      return [{ to: "closed", words: t("Back to closed"), after: t("The workshop is closed.") }];
    default:
      return [];
  }
}

function Moves({ desk, state }: { desk: Desk; state: WorkshopState }): JSX.Element {
  const act = useAct();
  const move = ({ to, after }: Move) => {
    const back: Change[] = [{ kind: "workshop.state", state }];
    // Closing the workshop closes its open question too.
    const open = desk.open();
    if (state === "open" && to === "closed" && open) back.push({ kind: "round.open", question: open.question.id });
    return act.run([{ kind: "workshop.state", state: to }], { text: after, changes: back });
  };
  return (
    <>
      <div class="cluster">
        {movesFrom(state).map((one, index) => (
          // The first button keeps its place, and with it the focus, when the state moves.
          <Press
            key={index}
            act={act}
            variant={one.first ? undefined : index === 0 ? "secondary" : "tertiary"}
            onPress={() => void move(one)}
          >
            {one.words}
          </Press>
        ))}
      </div>
      <ActError act={act} />
    </>
  );
}

export function stateWord(state: WorkshopState): string {
  const words: Record<WorkshopState, string> = {
    draft: t("Draft"),
    open: t("Open for all"),
    closed: t("Workshop closed"),
    under_review: t("Under review"),
    adopted: t("Adopted"),
    purged: t("Purged"),
  };
  return words[state];
}

function consequence(state: WorkshopState): string {
  const words: Record<WorkshopState, string> = {
    draft: t("Nobody can join yet. Phones that try wait for the door to open."),
    open: t("People can join and write."),
    closed: t("Nobody new can join. Late notes are taken and marked."),
    under_review: t("No more notes are taken. The summary is being checked."),
    adopted: t("The summary is adopted and does not change."),
    purged: t("The notes have been purged."),
  };
  return words[state];
}
