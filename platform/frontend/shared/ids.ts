/** Ids of mutations and notes: UUIDv7 from `getRandomValues`, which, unlike `randomUUID`, a page over plain http has. */

import { v7 } from "uuid";

export function newId(): string {
  return v7();
}
