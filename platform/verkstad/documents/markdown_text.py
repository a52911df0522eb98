"""Markdown that any reader shows as it was written: pandoc lays out, and every word is escaped here.

Pandoc's own escapes trust that words come from one of its readers, without spaces inside; ours come from people.
"""

from __future__ import annotations

import re

from verkstad.documents.pandoc import Node, PandocTree, convert
from verkstad.documents.tree import Document, Heading, Inlines, Said, Styled

# What CommonMark or GitHub's dialect reads as markup wherever it stands.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>~$|]|&(?=[#a-zA-Z])|(?<=\w)@(?=\w)|:(?=//)|:(?=[\w+-]+:)|(?<=[wW]{3})\.")
# What it reads as markup at the start of a line: headings, lists, rules, definitions, fenced blocks.
_AT_START = re.compile(r"[#+=:-]|(?<=\d)[.)]")
_LIST_NUMBER = re.compile(r"\d{1,9}[.)]")
_HEADING_END = re.compile(r"#(?=#*$)")


def render_markdown(document: Document) -> bytes:
    """The document as UTF-8 GitHub Markdown, without HTML of anyone but the ids that sources lead to."""
    return convert(_MarkdownTree().build(document), "gfm")


def escape(line: str) -> str:
    """One line of words that Markdown shows as it stands, without spaces at its ends, which Markdown cannot keep."""
    line = line.strip(" \t")
    number = _LIST_NUMBER.match(line)
    at = number.end() - 1 if number else 0
    starts = bool(number or _AT_START.match(line))
    marks = {m.start() for pattern in (_ANYWHERE, _HEADING_END) for m in pattern.finditer(line)}
    if starts:
        marks.add(at)
    if not marks:
        return line
    return "".join(f"\\{c}" if i in marks else c for i, c in enumerate(line))


class _MarkdownTree(PandocTree):
    def plain(self, text: str) -> list[Node]:
        # Our own words may begin or end with the space that parts them from the next.
        lead = text[: len(text) - len(text.lstrip(" "))]
        tail = text[len(text.rstrip(" ")) :] if text.strip(" ") else ""
        return [_raw(lead + escape(text) + tail)]

    def inlines(self, inlines: Inlines) -> list[Node]:
        nodes: list[Node] = []
        for before, inline, after in zip((None, *inlines), inlines, (*inlines[1:], None), strict=False):
            if isinstance(inline, Said):
                nodes += self.piece(inline, goes_on=isinstance(before, Styled), is_gone_on=isinstance(after, Styled))
            else:
                nodes += self.inline(inline)
        return nodes

    def piece(self, said: Said, *, goes_on: bool, is_gone_on: bool) -> list[Node]:
        """A text, or the rest of one beside what is strong in it: spaces and line breaks there are between words."""
        lines = [escape(line) for line in said.lines]
        lead = said.lines[0][: len(said.lines[0]) - len(said.lines[0].lstrip(" \t"))] if goes_on else ""
        tail = said.lines[-1][len(said.lines[-1].rstrip(" \t")) :] if is_gone_on and said.text.strip(" \t") else ""
        # A line break that nothing follows would be shown as the backslash it is written with.
        while lines and not lines[0] and not goes_on:
            del lines[0]
        while lines and not lines[-1] and not is_gone_on:
            del lines[-1]
        nodes: list[Node] = []
        for i, line in enumerate(lines):
            nodes += [{"t": "LineBreak"}] if i else []
            words = (lead if i == 0 else "") + line
            nodes += [_raw(words)] if words else []
        return nodes + ([_raw(said.closing + tail)] if said.closing + tail else [])

    def heading(self, heading: Heading) -> list[Node]:
        # Markdown has no ids for headings that every reader knows, so the words carry it.
        anchored: Node = {"t": "Span", "c": [[heading.anchor or "", [], []], self.inlines(heading.flat)]}
        return [{"t": "Header", "c": [heading.level, ["", [], []], [anchored]]}]

    def styled(self, style: str, anchor: str, inlines: list[Node]) -> Node:
        return {"t": "Span", "c": [[anchor, [], []], inlines]}

    def styled_block(self, style: str, block: Node) -> Node:
        return block


def _raw(markdown: str) -> Node:
    return {"t": "RawInline", "c": ["markdown", markdown]}
