"""The document as pandoc's own syntax tree, so that no text is ever parsed on its way into a file."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable
from functools import cache

import pypandoc

from verkstad.documents.bidi import is_rtl
from verkstad.documents.phrases import language_tag
from verkstad.documents.tree import (
    WIDEST,
    Aside,
    Block,
    BulletList,
    Chart,
    Document,
    Heading,
    Inline,
    Inlines,
    Link,
    Mark,
    Paragraph,
    Said,
    Styled,
    Table,
    Text,
    flat,
)
from verkstad.documents.typesetting import drawn

Node = dict[str, object]
CHART_WIDTH = 16.2  # cm, as wide as the text on our pages
_API = [1, 23, 1]
_NO_ATTR: list[object] = ["", [], []]

# The names of styles, shared by the tree and by the style sheets of docx and odt.
LEAD, PAGE_BREAK, MARK, ASIDE = "Subtitle", "PageBreak", "NoteMark", "Aside"


class PandocError(RuntimeError):
    """Pandoc refused a tree; its words are kept, the document's are not."""


def convert(tree: Node, to: str, *options: str) -> bytes:
    """The tree as a file of pandoc's format ``to``, read and written through pipes only."""
    done = subprocess.run(  # noqa: S603  (our own command line; what people wrote is in the tree)
        [_pandoc(), "--from=json", f"--to={to}", "--sandbox", "--wrap=none", "--output=-", *options],
        input=json.dumps(tree, ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise PandocError(f"pandoc ended with {done.returncode}")
    return done.stdout


@cache
def _pandoc() -> str:
    return str(pypandoc.get_pandoc_path())


class PandocTree:
    """Builds the tree. Formats differ in how words and styles are written, and override that."""

    def build(self, document: Document) -> Node:
        meta: Node = {"lang": {"t": "MetaString", "c": language_tag(document.language)}}
        return {"pandoc-api-version": _API, "meta": meta, "blocks": [n for b in document.blocks for n in self.block(b)]}

    def block(self, block: Block) -> list[Node]:
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph(inlines, lead=lead):
                paragraph: Node = {"t": "Para", "c": self.inlines(inlines)}
                return [self.styled_block(LEAD, paragraph)] if lead else [paragraph]
            case BulletList(items):
                return [{"t": "BulletList", "c": [[{"t": "Plain", "c": self.inlines(item)}] for item in items]}]
            case Table():
                return [self.table(block)]
            case Chart():
                return self.chart(block)

    def heading(self, heading: Heading) -> list[Node]:
        attr = [heading.anchor or "", [], []]
        inlines = self.inlines(heading.flat)
        node: Node = {"t": "Header", "c": [heading.level, attr, inlines]}
        return [*self.page_break(), node] if heading.new_page else [node]

    def chart(self, chart: Chart) -> list[Node]:
        """The picture, where the format has pictures."""
        return []

    def page_break(self) -> list[Node]:
        """What tells the format to begin the next heading on a new page, if it has pages."""
        return []

    def inlines(self, inlines: Inlines) -> list[Node]:
        return [node for inline in inlines for node in self.inline(inline)]

    def inline(self, inline: Inline) -> list[Node]:
        match inline:
            case Text(text):
                return self.plain(text)
            case Said():
                return self.said(inline)
            case Styled(style, words):
                return [{"t": "Strong" if style == "strong" else "Emph", "c": self.inlines(words)}]
            case Aside(text):
                return [self.styled(ASIDE, "", self.plain(text))]
            case Mark(mark, anchor=anchor, target=None):
                return [self.styled(MARK, anchor or "", self.plain(mark))]
            case Mark(text, target=target) | Link(text, target):
                return [{"t": "Link", "c": [_NO_ATTR, self.plain(text), [f"#{target}", ""]]}]

    def plain(self, text: str) -> list[Node]:
        return [{"t": "Str", "c": text}]

    def said(self, said: Said) -> list[Node]:
        """Lines as they stand, their direction told, and nothing of it left open."""
        nodes = self.lines(said, self.plain)
        if is_rtl(said.text):
            nodes = [{"t": "Span", "c": [["", [], [["dir", "rtl"]]], nodes]}]
        return nodes + (self.plain(said.closing) if said.closing else [])

    def lines(self, said: Said, write: Callable[[str], list[Node]]) -> list[Node]:
        nodes: list[Node] = []
        for i, line in enumerate(said.lines):
            nodes += [{"t": "LineBreak"}] if i else []
            nodes += write(line) if line else []
        return nodes

    def styled(self, style: str, anchor: str, inlines: list[Node]) -> Node:
        return {"t": "Span", "c": [[anchor, [], [["custom-style", style]]], inlines]}

    def styled_block(self, style: str, block: Node) -> Node:
        return {"t": "Div", "c": [["", [], [["custom-style", style]]], [block]]}

    def table(self, table: Table) -> Node:
        columns = [[self.alignment(i, table.words), self.width(i, table)] for i, _ in enumerate(table.header)]
        caption = [None, [{"t": "Plain", "c": self.plain(table.caption)}]]
        head = [_NO_ATTR, [self.row(table.header, words=table.words)]]
        last = len(table.rows) - 1
        rows = [self.row(row, words=table.words, total=table.total and i == last) for i, row in enumerate(table.rows)]
        body = [_NO_ATTR, 1, [], rows]  # one column of row headings
        return {"t": "Table", "c": [_NO_ATTR, caption, columns, head, [body], [_NO_ATTR, []]]}

    def row(self, cells: tuple[Inlines, ...], *, words: bool, total: bool = False) -> object:
        attr = ["", ["total"] if total else [], []]
        return [attr, [self.cell(cell, self.alignment(i, words), total=total) for i, cell in enumerate(cells)]]

    def cell(self, inlines: Inlines, alignment: Node, *, total: bool) -> object:
        nodes = self.inlines(flat(inlines))
        content = {"t": "Plain", "c": [{"t": "Strong", "c": nodes}] if total else nodes}
        return [_NO_ATTR, alignment, 1, 1, [content]]

    def alignment(self, column: int, words: bool) -> Node:
        """Figures stand to the right, under one another."""
        return {"t": "AlignRight" if column and not words else "AlignDefault"}

    def width(self, column: int, table: Table) -> Node:
        """The share of the line; nothing lets the content decide."""
        return {"t": "ColWidthDefault"}


class StyledTree(PandocTree):
    """The tree for word processors, which name their styles and want their columns measured."""

    def page_break(self) -> list[Node]:
        # A mark for the renderer to find: a break by itself would leave an empty line on top of the page.
        return [self.styled_block(PAGE_BREAK, {"t": "Para", "c": self.plain("-")})]

    def width(self, column: int, table: Table) -> Node:
        others = len(table.header) - 1
        if table.words:  # the last column says the most
            return {"t": "ColWidth", "c": (1 if column < others else WIDEST) / (others + WIDEST)}
        other = min(0.2, 0.7 / others)
        return {"t": "ColWidth", "c": other if column else 1 - other * others}

    def chart(self, chart: Chart) -> list[Node]:
        # For programs that show no SVG; the renderer lays the SVG itself beside it.
        png = base64.b64encode(drawn(chart.svg)).decode()
        size = [["width", f"{CHART_WIDTH:.2f}cm"], ["height", f"{CHART_WIDTH * chart.height / chart.width:.2f}cm"]]
        target = [f"data:image/png;base64,{png}", chart.title]
        return [{"t": "Para", "c": [{"t": "Image", "c": [["", [], size], self.plain(chart.description), target]}]}]
