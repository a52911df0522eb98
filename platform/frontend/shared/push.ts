/** The rules of a push: how mutations are cut into batches, and what counts as an answer, to a sync as well. */

import type { Changes, Mutation, PushAnswer, Result } from "./wire";

export const MAX_BATCH = 50;
export const MAX_BYTES = 256_000;
/** The server does not know the caller, or not any more. */
export const DENIALS: readonly string[] = ["unauthorized", "forbidden", "csrf", "unknown_workshop"];
// Room for `{"mutations": []}` and a little air.
const ENVELOPE = 64;

/** Nobody answered, or not the server: the same push may be sent again. */
export class Unreachable extends Error {}

/** The server answered with an error instead of results. */
export class ServerError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly retryAfter: number | null,
  ) {
    super(message);
  }

  /** Whether the same push would get the same answer for ever. */
  get final(): boolean {
    return ["malformed", "batch_too_large", "too_large", "bad_id"].includes(this.code);
  }

  /** Whether it is the caller that is not let in, whatever is sent. */
  get denied(): boolean {
    return DENIALS.includes(this.code);
  }
}

/** The mutations in order, in batches that keep both limits of the wire. A lone giant gets a batch of its own. */
export function batches(mutations: readonly Mutation[]): Mutation[][] {
  const encoder = new TextEncoder();
  const all: Mutation[][] = [];
  let size = Infinity;
  for (const mutation of mutations) {
    const bytes = encoder.encode(JSON.stringify(mutation)).length + 1;
    const last = all.at(-1);
    if (last && last.length < MAX_BATCH && size + bytes <= MAX_BYTES) {
      last.push(mutation);
      size += bytes;
    } else {
      all.push([mutation]);
      size = ENVELOPE + bytes;
    }
  }
  return all;
}

/**
 * The answer to a push of `sent`. A captive portal also says 200: only an answer with our results counts,
 * and only for ids that were sent.
 *
 * Throws `ServerError` for an error object, `Unreachable` for anything else.
 */
export function readAnswer(raw: unknown, sent: readonly Mutation[]): PushAnswer {
  throwIfError(raw);
  if (!isRecord(raw) || !Array.isArray(raw.results)) throw new Unreachable("not an answer to a push");
  const ids = new Set(sent.map((mutation) => mutation.id));
  const results = raw.results.filter((result): result is Result => isResult(result) && ids.has(result.id));
  const retryAfter = typeof raw.retry_after === "number" ? raw.retry_after : undefined;
  if (!results.length && retryAfter === undefined) throw new Unreachable("an answer to something else");
  const revision = typeof raw.revision === "number" ? raw.revision : 0;
  return { revision, results, ...(retryAfter === undefined ? {} : { retry_after: retryAfter }) };
}

/**
 * The answer to a sync. Somebody else's must not be taken for it: by a lower revision all that we have would be
 * forgotten.
 *
 * Throws `ServerError` for an error object, `Unreachable` for anything else.
 */
export function readChanges(raw: unknown): Changes {
  throwIfError(raw);
  const ours = isRecord(raw) && Number.isInteger(raw.from) && Number.isInteger(raw.revision) && Array.isArray(raw.notes);
  if (!ours) throw new Unreachable("not an answer to a sync");
  return raw as unknown as Changes;
}

export function throwIfError(raw: unknown): void {
  if (!isRecord(raw) || !isRecord(raw.error)) return;
  const { code, message } = raw.error;
  const retryAfter = typeof raw.retry_after === "number" ? raw.retry_after : null;
  throw new ServerError(String(code), String(message ?? code), retryAfter);
}

function isResult(value: unknown): boolean {
  return isRecord(value) && typeof value.id === "string" && ["ok", "duplicate", "rejected"].includes(String(value.status));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
