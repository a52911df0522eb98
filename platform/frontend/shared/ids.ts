/** Ids and tokens made on this device, from `getRandomValues`, which, unlike `randomUUID`, a page over plain http has. */

import { v7 } from "uuid";

/** The id of a mutation or a note: UUIDv7. */
export function newId(): string {
  return v7();
}

/** The proof of a seat: 256 random bits as base64url. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
}
