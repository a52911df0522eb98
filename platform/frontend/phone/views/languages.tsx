/** The switch of language: a plain form, because the choice is the server's to remember. What is written stays. */

import { lang, t } from "../../shared/words";
import { boot } from "../boot";

export function LanguageSwitch() {
  const others = Object.entries(boot.languages).filter(([code]) => code !== lang());
  if (!others.length) return null;
  return (
    <form method="post" action="/language" aria-label={t("Language")} class="cluster">
      <input type="hidden" name="csrf_token" value={boot.csrf} />
      <input type="hidden" name="next" value={location.pathname} />
      {others.map(([code, name]) => (
        <button key={code} class="ds-button" data-variant="tertiary" name="language" value={code} lang={code}>
          {name}
        </button>
      ))}
    </form>
  );
}
