/** Where there is room for one column only: which one. */

import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../shared/words";

interface PlacesProps<Place extends string> {
  place: Signal<Place>;
  places: readonly [Place, string][];
}

export function Places<Place extends string>({ place, places }: PlacesProps<Place>): JSX.Element {
  return (
    <nav class="places segments" aria-label={t("Parts of the studio")}>
      {places.map(([name, words]) => (
        <button
          key={name}
          type="button"
          class="segment"
          aria-current={place.value === name ? "true" : undefined}
          onClick={() => (place.value = name)}
        >
          {words}
        </button>
      ))}
    </nav>
  );
}
