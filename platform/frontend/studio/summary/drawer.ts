/** Where drafts are kept on this computer until the server has them: over a reload, and over a day. */

import { isRecord } from "../../shared/push";
import type { Draft } from "./draft";

/** As much of a browser's storage as this needs. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export class Drawer {
  private readonly prefix: string;

  constructor(
    private readonly storage: Shelf,
    code: string,
  ) {
    this.prefix = `verkstad.summary.${code}.`;
  }

  keep({ line, section, after, fresh, text, notes, base, sent }: Draft): void {
    const draft: Draft = { line, section, after, fresh, text, notes, base, sent };
    try {
      this.storage.setItem(this.prefix + line, JSON.stringify(draft));
    } catch {
      // A browser that stores nothing keeps it as long as the page lives, and the page says so before it is left.
    }
  }

  empty(line: string): void {
    try {
      this.storage.removeItem(this.prefix + line);
    } catch {
      // A browser that stores nothing has nothing to remove.
    }
  }

  drafts(): Draft[] {
    try {
      const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? "");
      return keys.filter((key) => key.startsWith(this.prefix)).flatMap((key) => read(this.storage.getItem(key)));
    } catch {
      return [];
    }
  }
}

function read(stored: string | null): Draft[] {
  try {
    const found: unknown = JSON.parse(stored ?? "null");
    const whole = isRecord(found) && [found.line, found.section, found.text].every((one) => typeof one === "string");
    return whole && isRecord(found.base) && Array.isArray(found.notes) ? [found as unknown as Draft] : [];
  } catch {
    return [];
  }
}
