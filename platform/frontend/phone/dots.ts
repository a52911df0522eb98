/**
 * Where this phone's dots lie. A person's own are remembered here and nowhere else: the server tells them to nobody.
 * A table's come from the server, with what this phone has just laid on top.
 */

import { signal } from "@preact/signals";
import { newId } from "../shared/ids";
import type { Mutation, Voting } from "../shared/wire";
import type { Outbox } from "./outbox";
import type { Shelf } from "./shelf";

export type Laid = Readonly<Record<string, number>>;

/** Dots that came after the voting had closed. */
export interface Late {
  target: string;
  dots: number;
}

interface Kept {
  laid: Laid;
  /** How many lay there when nothing was on its way: what counts if the rest comes too late. */
  before: Laid;
  late: readonly Late[];
}

type Cast = Extract<Mutation, { kind: "vote.cast" }>;

const NOTHING: Kept = { laid: {}, before: {}, late: [] };

export class Dots {
  private readonly kept = signal<ReadonlyMap<string, Kept>>(new Map());

  constructor(
    private readonly place: string,
    private readonly shelf: Shelf,
    private readonly outbox: Pick<Outbox, "add" | "queue">,
  ) {}

  /** Reads the shelf: at the start, and when another tab changed it. */
  async load(): Promise<void> {
    const entries = await this.shelf.list(this.place);
    this.kept.value = new Map(entries.map(([key, value]) => [key.slice(this.place.length), value as Kept]));
  }

  /** How many lie where, as this phone knows. */
  laid(voting: Voting, mine: boolean): Laid {
    if (voting.each === "person") return this.of(voting.id).laid;
    const ours = voting.ours?.dots ?? {};
    return mine ? { ...ours, ...this.of(voting.id).laid, ...this.waiting(voting.id) } : ours;
  }

  late(voting: string): readonly Late[] {
    return this.of(voting).late;
  }

  /** Lays so many on one choice; resolves when that is safe on the phone. */
  async lay(voting: Voting, target: string, dots: number): Promise<void> {
    const kept = this.of(voting.id);
    const onTheWay = target in this.waiting(voting.id);
    const before = onTheWay ? kept.before : { ...kept.before, [target]: this.laid(voting, true)[target] ?? 0 };
    const edit = this.keep(voting.id, { ...kept, before, laid: { ...kept.laid, [target]: dots } });
    await this.outbox.add([{ id: newId(), kind: "vote.cast", voting: voting.id, target, dots }], [edit]);
  }

  /** The server has the table's dots as this phone laid them: from now on its word goes. */
  confirm(voting: Voting): void {
    const { laid } = this.of(voting.id);
    if (voting.each !== "table" || !Object.keys(laid).length) return;
    const ours = voting.ours?.dots ?? {};
    const ahead = Object.entries(laid).filter(([target, dots]) => (ours[target] ?? 0) !== dots);
    if (ahead.length < Object.keys(laid).length) this.put(voting.id, { ...this.of(voting.id), laid: Object.fromEntries(ahead) });
  }

  /**
   * The server would not have it. What came too late stays to be seen; what was too many goes back to as many as lay
   * there before; of anything else nothing lies there.
   */
  refused(cast: Cast, code: string): void {
    const kept = this.of(cast.voting);
    // Something else has been chosen since, or the table's dots are known: the answer to that counts.
    if (kept.laid[cast.target] !== cast.dots) return;
    const { [cast.target]: _, ...others } = kept.laid;
    const before = kept.before[cast.target] ?? 0;
    if (code === "vote_closed") {
      const late = [...kept.late, { target: cast.target, dots: cast.dots }];
      return this.put(cast.voting, { ...kept, laid: { ...others, [cast.target]: before }, late });
    }
    if (code !== "too_many_dots") return this.put(cast.voting, { ...kept, laid: others });
    const back = before < cast.dots ? before : 0;
    this.put(cast.voting, { ...kept, laid: back ? { ...others, [cast.target]: back } : others });
    // One of those between may have been taken.
    void this.outbox.add([{ ...cast, id: newId(), dots: back }]);
  }

  private of(voting: string): Kept {
    return this.kept.value.get(voting) ?? NOTHING;
  }

  private waiting(voting: string): Laid {
    const casts = this.outbox.queue.value.flatMap(({ mutation }) =>
      mutation.kind === "vote.cast" && mutation.voting === voting ? [[mutation.target, mutation.dots] as const] : [],
    );
    return Object.fromEntries(casts);
  }

  private put(voting: string, kept: Kept): void {
    void this.shelf.change([this.keep(voting, kept)]);
  }

  private keep(voting: string, kept: Kept): readonly [string, Kept] {
    this.kept.value = new Map(this.kept.peek()).set(voting, kept);
    return [this.place + voting, kept];
  }
}
