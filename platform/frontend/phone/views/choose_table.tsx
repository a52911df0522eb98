/** After a typed code: at which table do you sit? One tap, and the question is there. */

import { t } from "../../shared/words";
import type { Doorplate } from "../../shared/wire";
import type { Arrival } from "../arrival";
import { useTitle } from "./hooks";
import { LanguageSwitch } from "./languages";
import { TableName } from "./table_name";

export function ChooseTable({ arrival, door, problem }: { arrival: Arrival; door: Doorplate; problem: string | null }) {
  const choosing = arrival.choosing.value;
  useTitle(door.title);
  return (
    <div class="page phone phone--plain">
      <main class="stack">
        <p class="help">
          <bdi>{door.title}</bdi>
        </p>
        <h1 tabIndex={-1}>{t("Which table are you at?")}</h1>
        <p class="help">{t("The number is on the sign. You need no name and no account.")}</p>
        {problem && (
          <p class="tray" data-tone="failed" role="alert">
            {problem}
          </p>
        )}
        <ul class="choices" role="list">
          {door.groups.map((group) => (
            <li key={group.number}>
              <button
                class="choice"
                type="button"
                aria-busy={choosing === group.number}
                onClick={() => void arrival.choose(group.number)}
              >
                <TableName number={group.number} name={group.name} />
              </button>
            </li>
          ))}
        </ul>
        <p role="status" class="help">
          {choosing === null ? "" : t("Taking a seat at table %(number)s.", { number: choosing })}
        </p>
      </main>
      <footer class="phone__foot cluster">
        <LanguageSwitch />
      </footer>
    </div>
  );
}
