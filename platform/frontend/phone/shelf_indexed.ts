/** The shelf in IndexedDB. */

import { openDB, type IDBPDatabase, type IDBPObjectStore } from "idb";
import { isFree, nextKey, type Edit, type Lease, type Shelf } from "./shelf";

const STORE = "entries";

type Entries = IDBPObjectStore<unknown, [typeof STORE], typeof STORE, "readwrite">;

export class IndexedShelf implements Shelf {
  readonly kind = "indexeddb";
  private database: Promise<IDBPDatabase> | null = null;

  async get(key: string): Promise<unknown> {
    return this.retry(async (database) => (await database.get(STORE, key)) as unknown);
  }

  async list(prefix: string): Promise<[string, unknown][]> {
    return this.retry(async (database) => {
      const entries = database.transaction(STORE).store;
      const [keys, values] = await Promise.all([entries.getAllKeys(range(prefix)), entries.getAll(range(prefix))]);
      return keys.map((key, index) => [String(key), values[index] as unknown]);
    });
  }

  async change(edits: readonly Edit[]): Promise<void> {
    await this.write("relaxed", (entries) => apply(entries, edits));
  }

  async append(
    prefix: string,
    rows: readonly { id: string; value: unknown }[],
    edits: readonly Edit[] = [],
  ): Promise<void> {
    // Strict: the phone says "På telefonen" only of what would survive the battery running out.
    await this.write("strict", async (entries) => {
      const cursor = await entries.openKeyCursor(range(prefix), "prev");
      const last = cursor ? String(cursor.key) : undefined;
      const queued = rows.map(({ id, value }, index): Edit => [nextKey(prefix, last, index, id), value]);
      await apply(entries, [...queued, ...edits]);
    });
  }

  async claim(key: string, holder: string, ttl: number): Promise<boolean> {
    return this.write("relaxed", async (entries) => {
      const now = Date.now();
      if (!isFree((await entries.get(key)) as Lease | undefined, holder, ttl, now)) return false;
      await entries.put({ holder, until: now + ttl } satisfies Lease, key);
      return true;
    });
  }

  private write<T>(durability: "strict" | "relaxed", work: (entries: Entries) => Promise<T>): Promise<T> {
    return this.retry(async (database) => {
      const transaction = database.transaction(STORE, "readwrite", { durability });
      const [result] = await Promise.all([work(transaction.store), transaction.done]);
      return result;
    });
  }

  /** iOS drops the connection to its database now and then; a new one is opened once. */
  private async retry<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> {
    try {
      return await work(await this.open());
    } catch {
      this.database = null;
      return work(await this.open());
    }
  }

  private open(): Promise<IDBPDatabase> {
    this.database ??= openDB("verkstad", 1, {
      upgrade: (database) => void database.createObjectStore(STORE),
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      terminated: () => (this.database = null),
    });
    return this.database;
  }
}

function range(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

async function apply(entries: Entries, edits: readonly Edit[]): Promise<void> {
  await Promise.all(
    edits.map(([key, value]) => (value === undefined ? entries.delete(key) : entries.put(value, key))),
  );
}
