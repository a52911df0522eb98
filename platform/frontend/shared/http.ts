/** The same calls as over the socket, by plain HTTP: faster before the socket is up, and where sockets are blocked. */

import { isRecord, ServerError, throwIfError, Unreachable } from "./push";
import { lang } from "./words";

const TIMEOUT = 10_000;

export interface Credentials {
  token?: string | undefined;
  csrf?: string | undefined;
  /** The secret of a table's QR code, which opens the door even when codes are being guessed. */
  secret?: string | undefined;
}

export function workshopUrl(code: string, rest = ""): string {
  return `/api/v1/workshops/${encodeURIComponent(code)}${rest}`;
}

/**
 * One JSON call. Throws `ServerError` when the server refuses, `Unreachable` when there is no answer or not one of
 * ours (a captive portal's page).
 */
export async function call(url: string, credentials: Credentials = {}, body?: unknown): Promise<unknown> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": lang() };
  if (credentials.token) headers.Authorization = `Bearer ${credentials.token}`;
  if (credentials.csrf) headers["X-CSRFToken"] = credentials.csrf;
  if (credentials.secret) headers["X-Join-Secret"] = credentials.secret;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMEOUT);
  try {
    const response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      cache: "no-store",
      redirect: "error",
      signal: patience.signal,
    });
    return await readJson(response);
  } catch (error) {
    throw error instanceof ServerError ? error : new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

async function readJson(response: Response): Promise<unknown> {
  const json = response.headers.get("Content-Type")?.includes("json") ? ((await response.json()) as unknown) : null;
  if (typeof json !== "object" || json === null) throw new Unreachable(`no JSON, status ${response.status}`);
  const header = Number(response.headers.get("Retry-After"));
  throwIfError(header > 0 && isRecord(json) && json.retry_after === undefined ? { ...json, retry_after: header } : json);
  if (!response.ok) throw new Unreachable(`status ${response.status}`);
  return json;
}
