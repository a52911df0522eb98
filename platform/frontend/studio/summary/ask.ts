/** What is asked about lines by plain HTTP, for it is seldom and nothing waits for it. */

import { call, workshopUrl, type Credentials } from "../../shared/http";
import { isRecord, Unreachable } from "../../shared/push";
import type { Words } from "./draft";

/** A line as somebody left it. */
export interface Version extends Words {
  /** Null of one that came with a file. */
  by: string | null;
  at: string | null;
}

/** Each throws `Unreachable` or `ServerError`. */
export interface AskLines {
  /** The oldest first; the last is the line as it is. */
  versions: (line: string) => Promise<readonly Version[]>;
  /** Lines to begin with, made of what is there. */
  drafts: (section: string) => Promise<readonly Words[]>;
}

export function askLines(code: string, credentials: Credentials): AskLines {
  const ask = async (path: string): Promise<readonly unknown[]> => {
    const raw = await call(workshopUrl(code, path), credentials);
    if (!Array.isArray(raw)) throw new Unreachable("not an answer about lines");
    return raw;
  };
  return {
    versions: async (line) => (await ask(`/lines/${encodeURIComponent(line)}/versions`)).filter(isVersion),
    drafts: async (section) => (await ask(`/drafts?${new URLSearchParams({ section }).toString()}`)).filter(isWords),
  };
}

function isWords(one: unknown): one is Words {
  return isRecord(one) && typeof one.text === "string" && Array.isArray(one.notes);
}

function isVersion(one: unknown): one is Version {
  return isWords(one) && "by" in one && "at" in one;
}
