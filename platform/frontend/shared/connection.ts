/**
 * The one connection of a live page: keeps a `Store` up to date and carries pushes.
 *
 *     const store = new Store();
 *     const connection = new Connection({ code, token, lang }, store);      // phone, screen: a bearer token
 *     const connection = new Connection({ code, csrf, lang }, store);       // studio: the account's session
 *     connection.start();
 *     connection.line.value                    // "online" | "connecting" | "offline", calm: no flicker
 *     connection.contacts.value                // grows each time the server is reached anew: try again what failed
 *     connection.refused.value                 // null, or why the server will not have us: "unauthorized", …
 *     await connection.push([{ id: newId(), kind: "round.open", question: "q1" }])    // → Result[], in the order sent
 *
 * `push` waits its turn (one batch in flight), splits, and tries again a few times with the same ids. It throws
 * `Unreachable` (keep what was typed; the same ids may be pushed again) or `ServerError`. A `rejected` result is an
 * answer, not an error. The phone's outbox, which has its own patience, uses `send`: one batch, one try.
 *
 * A missed broadcast only costs time: on every connect, return to the page and every 20 s the store is synced, and
 * when it has been quiet for some minutes it is compared with what the server has.
 */

import { signal, type ReadonlySignal } from "@preact/signals";
import type { Credentials } from "./http";
import { call, workshopUrl } from "./http";
import { Line, type LineState } from "./line";
import { batches, readAnswer, readChanges, ServerError, Unreachable } from "./push";
import type { Store } from "./store";
import { Wire } from "./socket";
import type { Changes, Mutation, PushAnswer, Result } from "./wire";

const SYNC_EVERY = 20_000;
const CHECK_AFTER = 120_000;
const TRIES = 4;

export interface Address extends Credentials {
  /** Empty while a projector does not know it yet; until then only the socket, which asks the token, can be used. */
  code: string;
  lang: string;
}

export class Connection {
  readonly line: ReadonlySignal<LineState>;
  readonly contacts: ReadonlySignal<number>;
  readonly refused = signal<string | null>(null);

  private readonly reach = new Line();
  private readonly wire: Wire;
  private readonly cleanups: (() => void)[] = [];
  private syncing: Promise<void> | null = null;
  private syncAgain = false;
  private syncLater: ReturnType<typeof setTimeout> | undefined;
  /** When to ask whether the store holds what the server has. */
  private checkAt = Infinity;
  /** The store turned out to hold something else. */
  private astray = false;
  private lane: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly address: Address,
    private readonly store: Store,
  ) {
    this.line = this.reach.state;
    this.contacts = this.reach.contacts;
    this.wire = new Wire(address, {
      connected: () => {
        this.reach.answered();
        void this.sync();
      },
      lost: () => this.reach.lost(),
      // Plain HTTP may still get through, unless the device itself says that there is no network.
      failed: () => (navigator.onLine ? void this.sync() : this.reach.lost()),
      denied: (code) => this.deny(code),
      changes: (changes) => this.take(changes),
    });
  }

  start(): void {
    this.wire.connect();
    void this.sync();
    this.wake();
    this.putOffCheck();
    // A steady beat would have a whole hall ask at once after a server restart.
    const timer = setInterval(() => void this.sync(), SYNC_EVERY * (0.9 + Math.random() * 0.2));
    this.reach.wait();
    this.cleanups.push(() => clearInterval(timer), () => this.reach.stop());
  }

  stop(): void {
    for (const cleanup of this.cleanups.splice(0)) cleanup();
    clearTimeout(this.syncLater);
    this.wire.close();
  }

  /** Brings the store up to date. Never throws: a failed sync is tried again by the next trigger. */
  sync(): Promise<void> {
    if (this.syncing) {
      this.syncAgain = true;
      return this.syncing;
    }
    this.syncing = this.syncOnce().finally(() => {
      this.syncing = null;
      if (!this.syncAgain) return;
      this.syncAgain = false;
      void this.sync();
    });
    return this.syncing;
  }

  /** One batch, one try. Throws `Unreachable` or `ServerError`. */
  async send(batch: readonly Mutation[]): Promise<PushAnswer> {
    this.putOffCheck();
    const url = workshopUrl(this.address.code, "/push");
    return this.ask("push", { mutations: batch }, url, (raw) => readAnswer(raw, batch));
  }

  /** Every mutation's result, in order; see the head of this file. */
  push(mutations: readonly Mutation[]): Promise<Result[]> {
    const turn = this.lane.then(async () => {
      const results: Result[] = [];
      for (const batch of batches(mutations)) results.push(...(await this.pushBatch(batch)));
      return results;
    });
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  private async pushBatch(batch: Mutation[]): Promise<Result[]> {
    const results = new Map<string, Result>();
    for (let attempt = 1; ; attempt++) {
      const left = batch.filter((mutation) => !results.has(mutation.id));
      let pause = attempt * 0.5;
      try {
        const answer = await this.send(left);
        for (const result of answer.results) results.set(result.id, result);
        pause = answer.retry_after ?? pause;
      } catch (error) {
        const mayPass = error instanceof Unreachable || (error instanceof ServerError && error.retryAfter !== null);
        if (!mayPass || attempt === TRIES) throw error;
        pause = (error instanceof ServerError && error.retryAfter) || pause;
      }
      if (results.size === batch.length) return batch.map((mutation) => results.get(mutation.id)!);
      if (attempt === TRIES) throw new Unreachable("not everything was taken");
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, 10) * 1000));
    }
  }

  private async syncOnce(): Promise<void> {
    const since = this.astray ? 0 : Math.max(this.store.known.peek(), 0);
    const check = !this.astray && performance.now() >= this.checkAt;
    try {
      const url = workshopUrl(this.address.code, `/changes?since=${since}${check ? "&check=1" : ""}`);
      this.catchUp(await this.ask("sync", check ? { since, check } : { since }, url, readChanges), since);
    } catch (error) {
      if (!(error instanceof ServerError || error instanceof Unreachable)) throw error;
      clearTimeout(this.syncLater);
      const pause = error instanceof ServerError ? error.retryAfter : null;
      if (pause !== null) this.syncLater = setTimeout(() => void this.sync(), (pause + Math.random()) * 1000);
    }
  }

  private catchUp(changes: Changes, since: number): void {
    // The server knows less than we do: it was restored from a backup, it has sent everything it has, and only that
    // is true now. Or it has been asked for everything, because what we had was not what it has.
    if (changes.revision < since || (this.astray && changes.from === 0)) {
      this.astray = false;
      this.store.startOver(changes);
    } else if (this.store.apply(changes) === "gap") this.syncAgain = true;
    if (changes.state === undefined) return;
    this.putOffCheck();
    // What came while we asked is not in the server's number; the next quiet moment will do.
    if (this.store.known.peek() !== changes.revision || this.store.state() === changes.state) return;
    this.astray = this.syncAgain = true;
  }

  /** Something happened: a client that has what just came is not far astray. A steady pause would gather a hall. */
  private putOffCheck(): void {
    this.checkAt = performance.now() + CHECK_AFTER * (0.75 + Math.random() / 2);
  }

  /** `read` tells the server's answer from somebody else's; only then has the server been reached. */
  private async ask<T>(event: "push" | "sync", payload: object, url: string, read: (raw: unknown) => T): Promise<T> {
    try {
      const get = event === "sync";
      if (!this.wire.connected && !this.address.code) throw new Unreachable("plain HTTP needs the code");
      const raw = this.wire.connected
        ? await this.wire.ask(event, payload)
        : await call(url, this.address, get ? undefined : payload);
      const answer = read(raw);
      this.reach.answered();
      return answer;
    } catch (error) {
      if (error instanceof ServerError) this.reach.answered();
      if (error instanceof ServerError && error.denied) this.deny(error.code);
      if (error instanceof Unreachable && !this.wire.connected) this.reach.lost();
      throw error;
    }
  }

  private take(changes: Changes): void {
    this.putOffCheck();
    if (this.store.apply(changes) === "gap") void this.sync();
  }

  private deny(code: string): void {
    this.refused.value = code;
    this.wire.close();
  }

  /** Sockets die silently when a phone sleeps or loses its network; these events are when one finds out. */
  private wake(): void {
    const back = () => {
      if (this.refused.peek()) return;
      this.wire.revive();
      void this.sync();
    };
    this.listen(window, "online", back);
    this.listen(window, "pageshow", (event) => (event as PageTransitionEvent).persisted && back());
    this.listen(document, "visibilitychange", () => document.visibilityState === "visible" && back());
    this.listen(window, "offline", () => {
      this.reach.lost();
      this.wire.drop();
    });
  }

  private listen(target: EventTarget, type: string, listener: (event: Event) => void): void {
    target.addEventListener(type, listener);
    this.cleanups.push(() => target.removeEventListener(type, listener));
  }
}
