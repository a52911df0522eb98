/** Socket.IO underneath `Connection`: transports, reconnecting and acks. Nothing else uses it. */

import { io, type Socket } from "socket.io-client";
import { fullJitter } from "./backoff";
import type { Address } from "./connection";
import { newId } from "./ids";
import { DENIALS, Unreachable } from "./push";
import type { Changes } from "./wire";

const ACK_TIMEOUT = 8000;
// After sleep a socket may only look alive; one that is silent for this long is given up.
const DOUBTFUL_TIMEOUT = 2500;
const CONNECT_TIMEOUT = 6000;
// A server that restarts loses a whole hall at once, and gets it back a few at a time.
const FIRST_PAUSE = 10_000;
const LONGEST_PAUSE = 30_000;

export interface Listener {
  connected(): void;
  /** A connection that was up went down. */
  lost(): void;
  /** An attempt to connect failed; plain HTTP may still get through. */
  failed(): void;
  denied(code: string): void;
  changes(changes: Changes): void;
}

/** Keeps every request of a connection at one of several servers (docs/operations.md). It says nothing about whose. */
const ticket = () => ({ client: newId() });

export class Wire {
  private readonly socket: Socket;
  private closed = false;
  private patience = ACK_TIMEOUT;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    { code, token, csrf, lang }: Address,
    private readonly listener: Listener,
  ) {
    this.socket = io({
      auth: token ? { token, lang } : { workshop: code, csrf, lang },
      query: ticket(),
      autoConnect: false,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      timeout: CONNECT_TIMEOUT,
      // The library's own would cut its jitter off at the longest pause, where half of a hall would come at once.
      reconnection: false,
    });
    this.socket.on("connect", () => this.onConnect());
    this.socket.on("changes", (changes: Changes) => listener.changes(changes));
    this.socket.on("disconnect", (reason) => this.onDisconnect(reason));
    this.socket.on("connect_error", (error) => this.onConnectError(error));
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  connect(): void {
    clearTimeout(this.timer);
    this.socket.connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.disconnect();
  }

  /** Gives the connection up, which may only look alive (Chromium freezes a WebSocket without network), for a new one. */
  drop(): void {
    if (this.closed) return;
    this.socket.disconnect();
    this.later();
  }

  /** The page or the network came back: connect now instead of when the backoff says, and distrust an old socket. */
  revive(): void {
    if (this.closed) return;
    this.attempts = 0;
    if (this.socket.connected) this.patience = DOUBTFUL_TIMEOUT;
    else this.renew();
  }

  /** Emits and waits for the ack. Throws `Unreachable`, and gives up a socket that does not answer. */
  async ask(event: string, payload: object): Promise<unknown> {
    const patience = this.patience;
    this.patience = ACK_TIMEOUT;
    try {
      return (await this.socket.timeout(patience).emitWithAck(event, payload)) as unknown;
    } catch (error) {
      // One phone that wakes up comes back at once; those whom a busy server leaves without an answer must not.
      if (this.socket.connected && patience === DOUBTFUL_TIMEOUT) this.renew();
      else if (this.socket.connected) this.drop();
      throw new Unreachable(String(error));
    }
  }

  private onConnect(): void {
    this.attempts = 0;
    this.listener.connected();
  }

  private onDisconnect(reason: Socket.DisconnectReason): void {
    if (this.closed) return;
    this.listener.lost();
    if (reason !== "io client disconnect") this.later();
  }

  private onConnectError(error: Error): void {
    if (this.closed) return;
    if (!this.socket.active && DENIALS.includes(error.message)) return this.listener.denied(error.message);
    this.listener.failed();
    // A network may swallow WebSockets without a word: then polling is tried at once, and comes first from now on.
    const { opts } = this.socket.io;
    const hung = error.message === "timeout";
    const transports = opts.transports as string[];
    if (hung) opts.transports = [...transports].reverse();
    this.later(hung && transports[0] === "websocket" ? 0 : undefined);
  }

  private renew(): void {
    this.socket.disconnect();
    this.connect();
  }

  private later(pause = fullJitter(Math.max(0, this.attempts++ - 1), FIRST_PAUSE, LONGEST_PAUSE)): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.socket.connect(), pause);
  }
}
