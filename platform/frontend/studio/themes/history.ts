/** What one can take back, and do again, read from the log of everybody's acts. Pure. */

/** As much of an act as its history needs. */
export interface Done {
  id: string;
  actor: string;
  undoes: string | null;
}

export interface Steps {
  /** The act to undo next, or null. */
  undo: string | null;
  /** The undo to undo next, or null. */
  redo: string | null;
}

/**
 * One's own next steps, from a log with the oldest first. An undo, and the undo of an undo, belong to the act that
 * they began with, whoever made them; a new act of one's own leaves nothing to do again.
 */
export function steps(log: readonly Done[], me: string): Steps {
  const rootOf = new Map<string, string>();
  const own: { root: string; head: string; undone: boolean; since: number }[] = [];
  let fresh = -1;
  log.forEach((act, index) => {
    const root = act.undoes === null ? act.id : (rootOf.get(act.undoes) ?? act.undoes);
    rootOf.set(act.id, root);
    const known = own.find((one) => one.root === root);
    if (known) Object.assign(known, { head: act.id, undone: !known.undone, since: index });
    else if (act.undoes === null && act.actor === me) {
      own.push({ root, head: act.id, undone: false, since: index });
      fresh = index;
    }
  });
  const undo = own.filter((one) => !one.undone).at(-1);
  const redo = own.filter((one) => one.undone && one.since > fresh).sort((a, b) => a.since - b.since);
  return { undo: undo?.head ?? null, redo: redo.at(-1)?.head ?? null };
}
