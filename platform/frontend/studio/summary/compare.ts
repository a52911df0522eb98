/** Two texts side by side, word by word. Pure. */

import { diffWordsWithSpace } from "diff";

/** Words that both have, or one alone. */
export interface Piece {
  text: string;
  own: boolean;
}

/** What each text is made of, the pieces that the other has not marked as its own. */
export function compare(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const pieces = diffWordsWithSpace(before, after);
  return {
    before: pieces.filter((piece) => !piece.added).map(({ value, removed }) => ({ text: value, own: removed })),
    after: pieces.filter((piece) => !piece.removed).map(({ value, added }) => ({ text: value, own: added })),
  };
}
