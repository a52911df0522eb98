/** The shelves that are a plain map: localStorage, or the page's memory. */

import { isFree, nextKey, type Edit, type Lease, type Shelf, type ShelfKind } from "./shelf";

/** In the page's memory: gone with the page. */
export class MapShelf implements Shelf {
  readonly kind: ShelfKind = "memory";
  private readonly map = new Map<string, string>();

  protected keys(): string[] {
    return [...this.map.keys()];
  }

  protected read(key: string): string | undefined {
    return this.map.get(key);
  }

  protected put(key: string, value: string | undefined): void {
    if (value === undefined) this.map.delete(key);
    else this.map.set(key, value);
  }

  async get(key: string): Promise<unknown> {
    return parse(this.read(key));
  }

  async list(prefix: string): Promise<[string, unknown][]> {
    const keys = this.keys().filter((key) => key.startsWith(prefix));
    return keys.sort().map((key) => [key, parse(this.read(key))]);
  }

  async change(edits: readonly Edit[]): Promise<void> {
    this.apply(edits);
  }

  async append(
    prefix: string,
    rows: readonly { id: string; value: unknown }[],
    edits: readonly Edit[] = [],
  ): Promise<void> {
    const last = (await this.list(prefix)).at(-1)?.[0];
    this.apply([...rows.map(({ id, value }, index): Edit => [nextKey(prefix, last, index, id), value]), ...edits]);
  }

  async claim(key: string, holder: string, ttl: number): Promise<boolean> {
    const now = Date.now();
    if (!isFree(parse(this.read(key)) as Lease | undefined, holder, ttl, now)) return false;
    this.apply([[key, { holder, until: now + ttl } satisfies Lease]]);
    return true;
  }

  /** Additions first: when the storage is full they are taken back, and nothing has been removed. */
  private apply(edits: readonly Edit[]): void {
    const before = edits.map(([key]) => [key, this.read(key)] as const);
    try {
      for (const [key, value] of edits) if (value !== undefined) this.put(key, JSON.stringify(value));
    } catch (error) {
      for (const [key, value] of before) this.put(key, value);
      throw error;
    }
    for (const [key, value] of edits) if (value === undefined) this.put(key, undefined);
  }
}

/** In localStorage, under names of our own. */
export class StorageShelf extends MapShelf {
  override readonly kind = "localstorage";
  private static readonly prefix = "verkstad:";

  constructor(private readonly storage: Storage) {
    super();
  }

  protected override keys(): string[] {
    const { prefix } = StorageShelf;
    return Object.keys(this.storage).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  }

  protected override read(key: string): string | undefined {
    return this.storage.getItem(StorageShelf.prefix + key) ?? undefined;
  }

  protected override put(key: string, value: string | undefined): void {
    if (value === undefined) this.storage.removeItem(StorageShelf.prefix + key);
    else this.storage.setItem(StorageShelf.prefix + key, value);
  }
}

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}
