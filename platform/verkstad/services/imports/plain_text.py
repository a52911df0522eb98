"""Reads a compilation from plain text or Markdown, line by line, so that every note comes out verbatim.

A Markdown parser would be the wrong tool for plain text: it turns people's stars, dashes and brackets into markup.
In a Markdown file the same lines are read, and then the escapes undone that Markdown writers put before such marks.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import pairwise

from verkstad.services.imports.blocks import Block, Kind
from verkstad.services.imports.marks import looks_like_heading, opens_group, typed_item

# Every run of blanks is tried from its beginning only (`(?<!\s)`): a line of nothing else must not take for ever.
_HEADING = re.compile(r"#{1,6}\s+(?P<text>.*?)(?:(?<!\s)\s+#+)?(?:(?<!\s)\s*)?$")
_BOLD = re.compile(r"(?:\*\*(?P<stars>[^*]+)\*\*|__(?P<lines>[^_]+)__)\s*$")
_UNDERLINE = re.compile(r"(?:=+|-{3,})\s*$")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,}|<!-- -->)\s*$")
# What Markdown writers put before, or instead of, a character that would otherwise be a mark.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,40});)")
_HEADING_ID = re.compile(r"(?<!\s)\s*\{#[^{}]*\}$")
_HARD_BREAK = re.compile(r"(?P<text>.*?)(?:(?<! ) {2,}|(?<!\\)(?P<pairs>(?:\\\\)*)\\)$", re.DOTALL)


def read_text(text: str, *, markdown: bool) -> list[Block]:
    """The headings, items and paragraphs of ``text``, whose lines end in ``\\n``."""
    reader = _Reader(text.split("\n"), markdown)
    for index in range(len(reader.lines)):
        reader.read(index)
    reader.close()
    return reader.blocks


@dataclass
class _Open:
    """The item or paragraph that is being read; ``indent`` is that of the item's mark, ``column`` of its text."""

    kind: Kind
    line: int
    lines: list[str]
    indent: int = 0
    column: int = 0


@dataclass
class _Reader:
    lines: list[str]
    markdown: bool
    blocks: list[Block] = field(default_factory=list)
    _open: _Open | None = None
    _blank: int = 0  # empty lines since the last one with text

    def __post_init__(self) -> None:
        # Where headings are marked, an unmarked line right below an item belongs to the item.
        self._marked = any(_HEADING.match(line) for line in self.lines)

    def read(self, index: int) -> None:
        raw = self.lines[index]
        body = raw.lstrip(" \t\u00a0")
        if not body:
            self._blank += 1
            return
        blank, self._blank = self._blank, 0
        indent = len(raw[: len(raw) - len(body)].expandtabs(4))
        if self._open is not None and self._goes_on(index, body, indent, blank):
            return
        self.close()
        self._begin(body, indent, index + 1)

    def _goes_on(self, index: int, body: str, indent: int, blank: int) -> bool:
        """Adds the line to what is being read, if that is where it belongs."""
        now = self._open
        assert now is not None
        if now.kind is Kind.ITEM and indent > now.indent:
            now.lines += [""] * blank + [" " * (indent - now.column) + body]
            return True
        if blank:
            return False
        if now.kind is Kind.PARAGRAPH and len(now.lines) == 1 and _UNDERLINE.match(body):
            self._open = None
            self._add(Kind.HEADING, now.lines[0], now.line)
            return True
        if self._begins_something(index, body) or (now.kind is Kind.PARAGRAPH and self._is_paragraph(body)):
            return False
        now.lines.append(body)
        return True

    def _is_paragraph(self, body: str) -> bool:
        """Whether a line right below a paragraph is one of its own, as in text that a word processor has saved."""
        return not self._marked and not self.markdown and not body[0].islower()

    def _begins_something(self, index: int, body: str) -> bool:
        if typed_item(body) or any(pattern.match(body) for pattern in (_HEADING, _RULE, _BOLD)):
            return True
        if opens_group(body):
            return True
        return not self._marked and looks_like_heading(body) and self._item_follows(index)

    def _item_follows(self, index: int) -> bool:
        following = (self.lines[i].lstrip(" \t\u00a0") for i in range(index + 1, len(self.lines)))
        return typed_item(next(filter(None, following), "")) is not None

    def _begin(self, body: str, indent: int, line: int) -> None:
        if _RULE.match(body):
            return
        heading = _HEADING.match(body)
        bold = _BOLD.match(body)
        item = typed_item(body)
        if heading:
            self._add(Kind.HEADING, heading["text"], line)
        elif bold:
            self._add(Kind.HEADING, bold["stars"] or bold["lines"], line)
        elif item:
            self._open = _Open(Kind.ITEM, line, [item.text], indent, indent + item.column)
        else:
            self._open = _Open(Kind.PARAGRAPH, line, [body])

    def close(self) -> None:
        """Ends the item or paragraph that is being read."""
        if self._open is not None:
            now, self._open = self._open, None
            joined = _join_markdown(now.lines) if self.markdown else "\n".join(s.rstrip() for s in now.lines)
            self._add(now.kind, joined, now.line)

    def _add(self, kind: Kind, text: str, line: int) -> None:
        if self.markdown:
            if kind is Kind.HEADING:
                text = _HEADING_ID.sub("", text)
            text = _ESCAPE.sub(lambda found: found[1] or html.unescape(found[2]), text)
        if text.strip():
            self.blocks.append(Block(kind, text.strip(), line))


def _join_markdown(lines: list[str]) -> str:
    """One text of the lines of a Markdown paragraph, whose line ends are spaces unless marked as breaks."""
    text = ""
    for line, following in pairwise([*lines, ""]):
        hard = _HARD_BREAK.match(line)
        if hard:
            text += hard["text"] + (hard["pairs"] or "") + "\n"
        elif not line or not following or typed_item(following.lstrip()):
            text += line.rstrip() + "\n"
        else:
            text += line.rstrip() + " "
    return text
