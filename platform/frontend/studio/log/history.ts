/** What one can take back, and do again, read from the log of everybody's acts. Pure. */

/** As much of an act as its history needs. */
export interface Done {
  id: string;
  actor: string;
  undoes: string | null;
}

export interface Steps {
  /** The acts to undo next: one, the parts of one that was done in several, or none. */
  undo: readonly string[];
  /** The undos to undo next. */
  redo: readonly string[];
}

/**
 * One's own next steps, from a log with the oldest first. An undo, and the undo of an undo, belong to the act that
 * they began with, whoever made them; a new act of one's own leaves nothing to do again. Acts with the same `wholeOf`
 * were done as one.
 */
export function steps(log: readonly Done[], me: string, wholeOf = (act: string) => act): Steps {
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
  const undo = own.filter((one) => !one.undone);
  const redo = own.filter((one) => one.undone && one.since > fresh).sort((a, b) => a.since - b.since);
  const lastWhole = (among: typeof own) => {
    const parts = among.filter((one) => wholeOf(one.root) === wholeOf(among.at(-1)!.root));
    return parts.map((one) => one.head).reverse();
  };
  return { undo: lastWhole(undo), redo: lastWhole(redo) };
}
