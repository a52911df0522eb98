/** The rules of a note's text, the same as the server's, so that a phone can tell before it sends. */

export const LIMIT = 1000;
export const COUNT_FROM = 400;

// C0 and C1 controls other than tab and line breaks, lone surrogates, and the two non-characters.
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/u;

/** Length as the server counts: code points after NFC. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text.normalize("NFC")) length++;
  return length;
}

/** The text as it is sent: Windows line ends become plain ones, and blanks around it go. */
export function clean(text: string): string {
  return text.replace(/\r\n?/g, "\n").trim();
}

/** Whether it holds what can neither be seen nor kept, such as what a paste from a strange place brings. */
export function hasControls(text: string): boolean {
  return UNPRINTABLE.test(text);
}
