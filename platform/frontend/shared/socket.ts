/** Socket.IO underneath `Connection`: transports, reconnecting and acks. Nothing else uses it. */

import { io, type Socket } from "socket.io-client";
import type { Address } from "./connection";
import { newId } from "./ids";
import { DENIALS, Unreachable } from "./push";
import type { Changes } from "./wire";

const ACK_TIMEOUT = 8000;
// After sleep a socket may only look alive; one that is silent for this long is given up.
const DOUBTFUL_TIMEOUT = 2500;
const CONNECT_TIMEOUT = 6000;

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
      reconnectionDelay: 1000,
      reconnectionDelayMax: 10_000,
      // Full jitter: a hall of phones must not come back in step when the server restarts.
      randomizationFactor: 1,
    });
    this.socket.on("connect", () => listener.connected());
    this.socket.on("changes", (changes: Changes) => listener.changes(changes));
    this.socket.on("disconnect", (reason) => this.onDisconnect(reason));
    this.socket.on("connect_error", (error) => this.onConnectError(error));
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  connect(): void {
    this.socket.connect();
  }

  close(): void {
    this.closed = true;
    this.socket.disconnect();
  }

  /** The network is said to be gone: Chromium would leave the WebSocket frozen and "connected". Keep trying. */
  drop(): void {
    if (this.closed) return;
    this.socket.disconnect();
    this.socket.connect();
  }

  /** The page or the network came back: connect now instead of when the backoff says, and distrust an old socket. */
  revive(): void {
    if (this.closed) return;
    if (this.socket.connected) this.patience = DOUBTFUL_TIMEOUT;
    else this.drop();
  }

  /** Emits and waits for the ack. Throws `Unreachable`, and gives up a socket that does not answer. */
  async ask(event: string, payload: object): Promise<unknown> {
    try {
      const ack = (await this.socket.timeout(this.patience).emitWithAck(event, payload)) as unknown;
      this.patience = ACK_TIMEOUT;
      return ack;
    } catch (error) {
      this.patience = ACK_TIMEOUT;
      if (this.socket.connected) this.drop();
      throw new Unreachable(String(error));
    }
  }

  private onDisconnect(reason: Socket.DisconnectReason): void {
    if (this.closed) return;
    this.listener.lost();
    // The library reconnects by itself unless the server asked the client to leave.
    if (reason === "io server disconnect") this.later();
  }

  private onConnectError(error: Error): void {
    if (this.closed) return;
    if (!this.socket.active) {
      if (DENIALS.includes(error.message)) this.listener.denied(error.message);
      else this.later();
      return;
    }
    this.listener.failed();
    // A network may swallow WebSockets without a word; the next attempt begins with the other transport.
    const { opts } = this.socket.io;
    opts.transports = [...(opts.transports as string[])].reverse();
    // And where there are several servers it may meet another one.
    opts.query = ticket();
  }

  private later(): void {
    setTimeout(() => !this.closed && this.socket.connect(), 2000 + Math.random() * 6000);
  }
}
