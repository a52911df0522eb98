/** What has been done in one side of the studio, the way to do more, and how it is taken back. */

import { signal } from "@preact/signals";
import type { Action } from "../../shared/wire";
import { t } from "../../shared/words";
import type { Change, Desk } from "../desk";
import { describe } from "../themes/said";
import { Deeds } from "./deeds";
import { steps, type Steps } from "./history";

export class Past {
  readonly deeds: Deeds;
  /** What was just done, for those who listen; a new object each time, for the same may be said twice. */
  readonly said = signal({ words: "" });

  /** `isOurs` tells the acts of this side from those of the other, which are taken back there; `before` runs first. */
  constructor(
    private readonly desk: Desk,
    private readonly isOurs: (action: Action) => boolean,
    private readonly before: () => void,
  ) {
    this.deeds = new Deeds(desk);
  }

  /** The acts of this side, the oldest first. */
  log(): Action[] {
    return this.desk.store.log().filter(this.isOurs);
  }

  /** Does one thing, in one act or several, which is undone as one; and says so when it is done. */
  do(changes: readonly Change[], words: string, after?: () => void): void {
    if (!changes.length) return;
    this.before();
    this.deeds.do(changes, () => {
      this.say(words);
      after?.();
    });
  }

  undo(): void {
    const { undo } = this.nextSteps();
    if (undo.length) this.takeBack(undo, t("Taken back."));
    else this.say(t("There is nothing more to take back."));
  }

  redo(): void {
    const { redo } = this.nextSteps();
    if (redo.length) this.takeBack(redo, t("Done again."));
    else this.say(t("There is nothing to do again."));
  }

  takeBack(actions: readonly string[], words = t("Taken back.")): void {
    this.do(actions.map((action) => ({ kind: "action.undo", action })), words);
  }

  say(words: string): void {
    this.said.value = { words };
  }

  tell(action: Action): string {
    const { actions, themes } = this.desk.store;
    const labelOf = (id: string) => {
      const theme = themes.value.get(id);
      return theme && !theme.gone ? theme.label : undefined;
    };
    return describe(action, { me: this.desk.me, labelOf, actionOf: (id) => actions.value.get(id) });
  }

  /** What is on its way counts as done, so that pressing twice takes two things back. */
  private nextSteps(): Steps {
    const { me } = this.desk;
    const log = this.log();
    const known = new Set(log.map((action) => action.id));
    const coming = this.deeds.open.value.filter((deed) => !known.has(deed.id));
    const undone = (change: Change) => (change.kind === "action.undo" ? change.action : null);
    const all = [...log, ...coming.map(({ id, change }) => ({ id, actor: me, undoes: undone(change) }))];
    return steps(all, me, this.deeds.wholeOf);
  }
}
