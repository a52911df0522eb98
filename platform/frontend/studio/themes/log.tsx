/** What the computer proposes, and what has been done. */

import type { JSX } from "preact";
import { Done } from "../log/done";
import { useBench } from "./bench";
import { Suggestions } from "./suggestions";

export function Log(): JSX.Element {
  const { past } = useBench();
  return (
    <div class="column" data-column="log">
      <Suggestions />
      <Done past={past} />
    </div>
  );
}
