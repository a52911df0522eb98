/** Waiting before the next try. */

/**
 * A pause in milliseconds after so many failures in a row, anywhere between nothing and a ceiling that doubles from
 * `first` to `longest`: those who failed together must not come back together.
 */
export function fullJitter(failures: number, first: number, longest: number): number {
  return Math.random() * Math.min(longest, first * 2 ** failures);
}
