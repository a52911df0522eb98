/** The way in, small and always there, for those who come late. */

import type { JSX } from "preact";
import { spelled } from "../shared/code";

export function Corner({ address, code }: { address: string; code: string }): JSX.Element {
  return (
    <p class="corner">
      {address} <strong>{spelled(code)}</strong>
    </p>
  );
}
