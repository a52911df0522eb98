/** The paper sheet that is being typed in: whose it is, and what stands in the box that is not sent yet. Outlives a reload. */

import { signal, type Signal } from "@preact/signals";
import { isRecord } from "../shared/push";

export interface Sheet {
  group: number;
  question: string | null;
  text: string;
}

/** As it was left, else the one to begin with. What is put in it is kept at once. */
export function keptSheet(shelf: Pick<Storage, "getItem" | "setItem">, key: string, first: Sheet): Signal<Sheet> {
  const sheet = signal(read(shelf, key) ?? first);
  sheet.subscribe((now) => {
    try {
      shelf.setItem(key, JSON.stringify(now));
    } catch {
      // A browser that stores nothing keeps it as long as the page lives; the paper is still on the table.
    }
  });
  return sheet;
}

function read(shelf: Pick<Storage, "getItem">, key: string): Sheet | null {
  try {
    const found: unknown = JSON.parse(shelf.getItem(key) ?? "null");
    const whole = isRecord(found) && typeof found.group === "number" && typeof found.text === "string";
    return whole ? { group: Number(found.group), text: String(found.text), question: (found.question as string) ?? null } : null;
  } catch {
    return null;
  }
}
