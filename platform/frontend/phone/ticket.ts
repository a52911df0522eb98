/** The way in: what a QR code carries, and what a phone keeps once it has a seat at a table. */

import { call, workshopUrl } from "../shared/http";
import { newToken } from "../shared/ids";
import { isRecord, ServerError, Unreachable } from "../shared/push";
import type { Doorplate, Joined } from "../shared/wire";
import type { Shelf } from "./shelf";

/** A seat at a table of a workshop. */
export interface Ticket {
  code: string;
  token: string;
  participant: string;
  group: number;
  /** The secret of the QR that was scanned; null for a typed code. */
  secret: string | null;
}

/** What the fragment of a table's QR says: `#CODE.GROUP.SECRET`, or `#CODE..SECRET` on the projector. */
export interface Scanned {
  code: string;
  group: number | null;
  secret: string | null;
}

export function readFragment(fragment: string): Scanned | null {
  const match = /^#([0-9A-Za-z]{6})(?:\.(\d{0,4}))?(?:\.([\w-]{1,200}))?$/.exec(fragment);
  if (!match?.[1]) return null;
  const group = match[2] ? Number(match[2]) : null;
  return { code: match[1].toUpperCase(), group, secret: match[3] ?? null };
}

/** What a QR said, kept until there is a seat: a phone that waits outside is put to sleep, and its page loaded anew. */
export async function keepScan(shelf: Shelf, scanned: Scanned): Promise<void> {
  await shelf.change([[scanKey(scanned.code), scanned]]);
}

export async function readScan(shelf: Shelf, code: string): Promise<Scanned | null> {
  return ((await shelf.get(scanKey(code))) as Scanned | undefined) ?? null;
}

export async function readTicket(shelf: Shelf, code: string): Promise<Ticket | null> {
  return ((await shelf.get(key(code))) as Ticket | undefined) ?? null;
}

export async function keepTicket(shelf: Shelf, ticket: Ticket): Promise<void> {
  await shelf.change([
    [key(ticket.code), ticket],
    [scanKey(ticket.code), undefined],
    [joiningKey(ticket.code), undefined],
  ]);
}

/** Takes everything of a workshop off the phone. */
export async function wipe(shelf: Shelf, code: string): Promise<void> {
  const entries = await shelf.list(`${code}/`);
  await shelf.change(entries.map(([name]) => [name, undefined] as const));
}

/** Throws `ServerError` or `Unreachable`. */
export async function readDoorplate(code: string, secret: string | null): Promise<Doorplate> {
  const raw = await call(workshopUrl(code), { secret: secret ?? undefined });
  if (!isRecord(raw) || !Array.isArray(raw.groups)) throw new Unreachable("not a door");
  return raw as unknown as Doorplate;
}

/**
 * Takes a seat. Throws `ServerError` or `Unreachable`.
 *
 * The phone makes the token, and keeps it until it has the ticket: when an answer is lost, asking again gives the same
 * seat and not one more.
 */
export async function takeSeat(shelf: Shelf, code: string, group: number, secret: string | null): Promise<Ticket> {
  const token = await pendingToken(shelf, code, group);
  const wanted = { group, token, ...(secret ? { secret } : {}) };
  const raw = await call(workshopUrl(code, "/join"), {}, wanted).catch(async (error: unknown) => {
    if (error instanceof ServerError && error.code === "token_taken") await shelf.change([[joiningKey(code), undefined]]);
    throw error;
  });
  if (!isRecord(raw) || typeof raw.token !== "string") throw new Unreachable("not a seat");
  const joined = raw as unknown as Joined;
  return { code, token: joined.token, participant: joined.participant, group: joined.group, secret };
}

async function pendingToken(shelf: Shelf, code: string, group: number): Promise<string> {
  const kept = (await shelf.get(joiningKey(code))) as { group: number; token: string } | undefined;
  if (kept?.group === group) return kept.token;
  const token = newToken();
  // A phone that can keep nothing comes in all the same.
  await shelf.change([[joiningKey(code), { group, token }]]).catch(() => undefined);
  return token;
}

function key(code: string): string {
  return `${code}/ticket`;
}

function scanKey(code: string): string {
  return `${code}/scan`;
}

function joiningKey(code: string): string {
  return `${code}/joining`;
}
