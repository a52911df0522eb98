/**
 * The words of the screen. Msgids are English; the catalogue comes with the page.
 *
 *     useWords(boot.words, boot.lang);
 *     t("Table %(number)s", { number: 3 });
 *     tn("%(n)s note", "%(n)s notes", count);
 *
 * Always call them with literal strings, and never inside a template literal: the msgids are extracted from the source.
 */

type Places = Record<string, string | number>;
type Words = Record<string, string | string[]>;

let words: Words = {};
let language = "en";

export function useWords(catalogue: Words, lang: string): void {
  words = catalogue;
  language = lang;
}

export function lang(): string {
  return language;
}

/** The translation of `msgid` with its `%(name)s` places filled. */
export function t(msgid: string, places: Places = {}): string {
  const found = words[msgid];
  return fill((Array.isArray(found) ? found[0] : found) || msgid, places);
}

/** The same by number; `%(n)s` is the number. Swedish, English and Finnish have the same two forms. */
export function tn(one: string, many: string, n: number, places: Places = {}): string {
  const found = words[one];
  const index = n === 1 ? 0 : 1;
  const text = (Array.isArray(found) ? found[index] : undefined) || (index === 0 ? one : many);
  return fill(text, { n, ...places });
}

/** A clock time such as 18.05, in the reader's language and time zone. */
export function clockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}

function fill(text: string, places: Places): string {
  return text.replace(/%\((\w+)\)s/g, (whole, name: string) => String(places[name] ?? whole));
}
