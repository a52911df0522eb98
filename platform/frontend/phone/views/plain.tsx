/** Pages with one thing to say. */

import type { ComponentChildren } from "preact";
import { toChildArray } from "preact";
import { t } from "../../shared/words";
import { useTitle } from "./hooks";
import { LanguageSwitch } from "./languages";

export function Plain({ title, children }: { title: string; children: ComponentChildren }) {
  useTitle(title);
  return (
    <div class="page phone phone--plain">
      <main class="stack" role="main">
        <h1 tabIndex={-1}>{title}</h1>
        {toChildArray(children).map((child) => (typeof child === "string" ? <p class="lead">{child}</p> : child))}
      </main>
      <footer class="phone__foot cluster">
        <LanguageSwitch />
      </footer>
    </div>
  );
}

/** The workshop is still a draft. The page opens by itself. */
export function Waiting({ title, place }: { title: string; place: string }) {
  return (
    <Plain title={title}>
      {place && <p class="help">{place}</p>}
      <p class="lead" role="status">
        {t("The workshop has not opened yet. This page opens by itself.")}
      </p>
    </Plain>
  );
}
