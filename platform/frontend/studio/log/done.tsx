/** Who did what, the latest first, each with its way back; anybody's, the computer's too. */

import type { JSX } from "preact";
import type { Action } from "../../shared/wire";
import { clockTime, t } from "../../shared/words";
import type { Past } from "./past";

export function Done({ past }: { past: Past }): JSX.Element {
  const log = past.log().reverse();
  return (
    <section class="stack" data-gap="tight" data-list="log" aria-labelledby="log-heading">
      <h2 id="log-heading" tabIndex={-1} data-heading>
        {t("What has been done")}
      </h2>
      {log.length === 0 && <p class="empty">{t("Nothing yet. Everything that is done here can be undone.")}</p>}
      <ol class="log" role="list">
        {log.map((action) => (
          <Line key={action.id} action={action} past={past} />
        ))}
      </ol>
    </section>
  );
}

function Line({ action, past }: { action: Action; past: Past }): JSX.Element {
  const words = past.tell(action);
  return (
    <li class="log__line" tabIndex={-1} data-entry={action.id} data-undone={action.undone_by !== null}>
      <time class="log__time count" dateTime={action.at}>
        {clockTime(action.at)}
      </time>
      <p dir="auto">
        {words} {action.skipped > 0 && t("What others had changed since was left as it was.")}
      </p>
      {action.undone_by ? (
        <span class="help">{t("Undone")}</span>
      ) : (
        <button
          type="button"
          class="link-button"
          aria-label={t("Undo: %(what)s", { what: words })}
          onClick={() => past.takeBack([action.id])}
        >
          {t("Undo")}
        </button>
      )}
    </li>
  );
}
