/** The notes most like some, asked of the server: by plain HTTP, for it is seldom and nothing waits for it. */

import { call, workshopUrl, type Credentials } from "../shared/http";
import { isRecord, Unreachable } from "../shared/push";

/** A note like one of those asked about; it stands for all with the same words. */
export interface Similar {
  note: string;
  /** Up to 1. */
  likeness: number;
  /** Whether it is probably about the same thing. */
  clearly: boolean;
}

/** Best first. Throws `Unreachable` or `ServerError`. */
export type AskSimilar = (notes: readonly string[]) => Promise<readonly Similar[]>;

/** The server answers about no more at a time. */
export const MOST_ASKED = 20;

export function askSimilar(code: string, credentials: Credentials): AskSimilar {
  return async (notes) => {
    const query = new URLSearchParams(notes.slice(0, MOST_ASKED).map((note) => ["note", note]));
    return read(await call(workshopUrl(code, `/similar?${query.toString()}`), credentials));
  };
}

function read(raw: unknown): readonly Similar[] {
  if (!isRecord(raw) || !Array.isArray(raw.similar)) throw new Unreachable("not an answer about notes");
  return raw.similar.filter((one): one is Similar => isRecord(one) && typeof one.note === "string");
}
