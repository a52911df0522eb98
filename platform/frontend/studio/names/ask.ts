/** The findings of the name check, asked for by plain HTTP: they are the answer to a question, and no part of the evening. */

import { call, workshopUrl, type Credentials } from "../../shared/http";
import { isRecord, Unreachable } from "../../shared/push";
import type { FindingKind } from "../../shared/wire";

/** Words in a note or a line that may expose somebody, and what is decided of them. */
export interface Finding {
  note: string | null;
  line: string | null;
  /** In code points, as everything that has a place in a text. */
  start: number;
  end: number;
  kind: FindingKind;
  words: string;
  decision: "keep" | "mask" | null;
  reason: string;
  by: string;
}

/** Throws `Unreachable` or `ServerError`. */
export type AskFindings = () => Promise<readonly Finding[]>;

export function askFindings(code: string, credentials: Credentials): AskFindings {
  return async () => {
    const raw = await call(workshopUrl(code, "/findings"), credentials);
    if (!isRecord(raw) || !Array.isArray(raw.findings)) throw new Unreachable("not an answer about findings");
    return raw.findings.filter(isFinding);
  };
}

function isFinding(one: unknown): one is Finding {
  return isRecord(one) && typeof one.words === "string" && typeof one.start === "number" && typeof one.end === "number";
}
