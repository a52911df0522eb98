/** What every part of the studio works with: the page's own facts, the store, the way to the server, the last undo. */

import { signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Boot } from "../shared/boot";
import type { Connection } from "../shared/connection";
import type { Store } from "../shared/store";
import type { Mutation, Question, Round } from "../shared/wire";
import type { AskFindings } from "./names/ask";
import type { AskSimilar } from "./similar";
import type { AskLines } from "./summary/ask";

export type Right = "run" | "moderate" | "enter_paper" | "sort" | "summarise" | "export" | "share";

export interface StudioBoot extends Boot {
  code: string;
  csrf?: string;
  may: readonly Right[];
  /** What people type into a browser to reach the door. */
  address: string;
  /** The pages beside the studio; a guest, who has no account, has none of them. */
  urls: { export: string; sheets: string; screen: string; back: string; invite: string; edit: string } | null;
}

/** A mutation before it has an id. */
export type Change = Mutation extends infer Kind ? (Kind extends Mutation ? Omit<Kind, "id"> : never) : never;

/** How to take back what was just done: what happened, in words, and the changes that undo it. */
export interface Undo {
  text: string;
  changes: readonly Change[];
}

export class Desk {
  readonly undo = signal<Undo | null>(null);

  constructor(
    readonly boot: StudioBoot,
    readonly store: Store,
    readonly connection: Pick<Connection, "push" | "line" | "contacts" | "refused">,
    readonly similar: AskSimilar,
    readonly lines: AskLines,
    readonly findings: AskFindings,
  ) {}

  may(right: Right): boolean {
    return this.boot.may.includes(right);
  }

  /** Who one is in the log. */
  get me(): string {
    const you = this.store.you.value;
    return you && "actor" in you ? you.actor : "";
  }

  /** Whether one is here for the themes and nothing else. */
  get onlySorts(): boolean {
    return this.may("sort") && !this.may("moderate");
  }

  /** A question's round; one that has never been opened has none on the server. */
  round(question: string): Round {
    return this.store.rounds.value.get(question) ?? { ...UNOPENED, question };
  }

  /** The question that is open, with its round; null between rounds. */
  open(): { question: Question; round: Round } | null {
    for (const question of this.store.questions.value) {
      const round = this.round(question.id);
      if (round.state === "open") return { question, round };
    }
    return null;
  }

  /** "1", "2", …: a question's place in the evening. */
  numberOf(question: string): number {
    return this.store.questions.value.findIndex((one) => one.id === question) + 1;
  }
}

const UNOPENED: Omit<Round, "question"> = {
  state: "waiting",
  shared: false,
  opened_at: null,
  closed_at: null,
  ends_at: null,
  revision: 0,
};

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("rendered outside the studio");
  return desk;
}
