/** A line as it will be read: plain Markdown, of which *emphasis* and **strong** words mean something and the rest is literal. */

import MarkdownIt from "markdown-it";

/** Words that are marked alike. */
export interface Span {
  text: string;
  strong: boolean;
  em: boolean;
}

// The documents read lines by the same rules, in the same parser's other language.
const READER = new MarkdownIt("zero").enable("emphasis");

export function spansOf(text: string): Span[] {
  const depth = { strong: 0, em: 0 };
  const spans: Span[] = [];
  for (const token of READER.parseInline(text, {})[0]?.children ?? []) {
    const starred = token.markup.startsWith("*");
    if (starred && (token.tag === "strong" || token.tag === "em")) depth[token.tag] += token.nesting;
    // Underscores are signs like all others.
    const words = starred ? "" : token.content || token.markup;
    if (words) spans.push({ text: words, strong: depth.strong > 0, em: depth.em > 0 });
  }
  return spans;
}
