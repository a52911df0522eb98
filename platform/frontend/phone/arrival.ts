/** From the first page to a seat at a table, and out again. */

import { signal } from "@preact/signals";
import { ServerError, Unreachable } from "../shared/push";
import type { Doorplate } from "../shared/wire";
import { t } from "../shared/words";
import { boot } from "./boot";
import { Evening } from "./evening";
import type { Shelf } from "./shelf";
import {
  keepScan,
  keepTicket,
  readDoorplate,
  readFragment,
  readScan,
  readTicket,
  takeSeat,
  wipe,
  type Ticket,
} from "./ticket";

/** Where a person is on the way in. */
export type Stage =
  | { at: "starting" }
  | { at: "tables"; door: Doorplate; problem: string | null }
  | { at: "waiting"; door: Doorplate }
  | { at: "stopped"; problem: string; offline: boolean }
  | { at: "seated"; evening: Evening }
  | { at: "left" };

const LOOK_EVERY = 4000;

export class Arrival {
  readonly stage = signal<Stage>({ at: "starting" });
  /** The table whose button was pressed, while the server is asked. */
  readonly choosing = signal<number | null>(null);

  private code = "";
  private secret: string | null = null;
  /** The table that the QR or the plain form said; taken as soon as the doors open. */
  private group: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly shelf: Shelf) {}

  async start(): Promise<void> {
    const scanned = boot.workshop ? null : readFragment(location.hash);
    // The server keeps what the door says to itself while codes are being guessed; a ticket is good all the same.
    const code = scanned?.code ?? boot.workshop?.code ?? boot.code;
    if (!code) return location.replace("/");
    this.code = code;
    const scan = scanned ?? (await readScan(this.shelf, this.code));
    this.secret = scan?.secret ?? null;
    this.group = boot.joined_group ?? scan?.group ?? null;
    const ticket = await readTicket(this.shelf, this.code);
    // A phone that can keep nothing comes in all the same.
    if (scanned && !ticket) await keepScan(this.shelf, scanned).catch(() => undefined);
    // The secret must not stay in the address, where a shared screen or a sent link would show it.
    if (scanned) history.replaceState(null, "", `/w/${this.code}`);
    if (!ticket) await this.knock();
    else if (!scanned?.group || scanned.group === ticket.group) await this.sit(ticket);
    else await this.move(ticket, scanned.group);
  }

  /** Tries the way in again. */
  async retry(): Promise<void> {
    this.stage.value = { at: "starting" };
    await this.knock();
  }

  async choose(group: number): Promise<void> {
    if (this.choosing.peek() !== null) return;
    this.choosing.value = this.group = group;
    try {
      await this.join(group);
    } finally {
      this.choosing.value = null;
    }
  }

  /** Back to the choice of table, once everything written at this one has reached the server. */
  async change(evening: Evening): Promise<boolean> {
    await evening.outbox.flush();
    if (evening.outbox.queue.peek().length) return false;
    evening.stop();
    this.group = null;
    await this.knock();
    return true;
  }

  async leave(evening: Evening): Promise<void> {
    evening.stop();
    await wipe(this.shelf, this.code);
    this.stage.value = { at: "left" };
  }

  private async knock(): Promise<void> {
    clearTimeout(this.timer);
    try {
      await this.enter(boot.workshop && this.stage.peek().at === "starting" ? boot.workshop : await this.look());
    } catch (error) {
      this.stop(error);
    }
  }

  private look(): Promise<Doorplate> {
    return readDoorplate(this.code, this.secret);
  }

  private open(door: Doorplate, problem: string | null = null): void {
    if (door.state === "open") this.stage.value = { at: "tables", door, problem };
    else if (door.state === "draft") this.wait(door);
    else this.stage.value = { at: "stopped", problem: problem ?? "", offline: false };
  }

  /** Through an open door to the table that was scanned. A closed one is not tried: it would only be an error. */
  private async enter(door: Doorplate): Promise<void> {
    if (door.state === "open" && this.group !== null) await this.join(this.group);
    else this.open(door);
  }

  /** The doors open by themselves; each phone looks at its own moment. */
  private wait(door: Doorplate): void {
    this.stage.value = { at: "waiting", door };
    this.timer = setTimeout(() => void this.lookAgain(door), LOOK_EVERY * (0.75 + Math.random() / 2));
  }

  private async lookAgain(last: Doorplate): Promise<void> {
    await this.enter(await this.look().catch(() => last));
  }

  private async join(group: number): Promise<void> {
    try {
      const ticket = await takeSeat(this.shelf, this.code, group, this.secret);
      await keepTicket(this.shelf, ticket);
      const evening = await this.sit(ticket, true);
      evening.seated();
    } catch (error) {
      if (!(error instanceof ServerError)) return this.stop(error);
      if (error.code === "unknown_group") this.group = null;
      await this.explain(error);
    }
  }

  /** A refused seat: the page that fits, with the reason. */
  private async explain(error: ServerError): Promise<void> {
    const door = await this.look().catch(() => null);
    if (!door) return this.stop(error);
    if (error.code === "not_open") return this.wait(door);
    this.open(door, error.message);
  }

  private async sit(ticket: Ticket, fresh = false): Promise<Evening> {
    this.secret = ticket.secret ?? this.secret;
    const evening = new Evening(ticket, this.shelf);
    await evening.start();
    evening.connection.refused.subscribe((code) => {
      // A server that refuses the seat it has just given is not asked for another.
      if (code && !(fresh && evening.store.known.peek() < 0)) void this.rejoin(evening);
      else if (code) evening.notice.value = t("This phone is not connected any more. Reload the page.");
    });
    this.stage.value = { at: "seated", evening };
    return evening;
  }

  /**
   * The server does not know this phone any more: take the same seat again, and what is unsent goes along. Where that
   * is refused the evening stays on the screen, with every text on it and the reason.
   */
  private async rejoin(evening: Evening): Promise<void> {
    evening.stop();
    const { code, group, secret } = evening.ticket;
    try {
      const ticket = await takeSeat(this.shelf, code, group, secret);
      await keepTicket(this.shelf, ticket);
      (await this.sit(ticket, true)).seated();
    } catch (error) {
      if (error instanceof ServerError) evening.notice.value = error.message;
      else setTimeout(() => void this.rejoin(evening), LOOK_EVERY * (1 + Math.random()));
    }
  }

  /** Another table's QR was scanned: what was written at the first table is sent from there before the move. */
  private async move(ticket: Ticket, group: number): Promise<void> {
    const evening = await this.sit(ticket);
    await evening.outbox.flush();
    if (evening.outbox.queue.peek().length) {
      evening.notice.value = t("What was written here is sent first. Scan the other table's code again when it has arrived.");
      return;
    }
    evening.stop();
    await this.join(group);
  }

  private stop(error: unknown): void {
    if (!(error instanceof ServerError || error instanceof Unreachable)) throw error;
    const offline = error instanceof Unreachable;
    this.stage.value = { at: "stopped", problem: offline ? "" : error.message, offline };
    if (offline) this.timer = setTimeout(() => void this.knock(), LOOK_EVERY * (0.5 + Math.random()));
  }
}
