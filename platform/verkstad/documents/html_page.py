"""One HTML page that asks for nothing else: to read on a screen, to print, to send."""

from __future__ import annotations

from importlib.resources import as_file, files

from verkstad.documents.pandoc import Node, PandocTree, convert
from verkstad.documents.tree import Chart, Document, Heading, Said, Table


def render_html(document: Document) -> bytes:
    """The document as a complete UTF-8 page with its own style sheet and no script, image or link out of it."""
    with as_file(files("verkstad.documents") / "page.html") as template:
        return convert(_HtmlTree().build(document), "html5", f"--template={template}")


class _HtmlTree(PandocTree):
    def build(self, document: Document) -> Node:
        tree = super().build(document)
        large: Node = {"large": {"t": "MetaBool", "c": True}} if document.large else {}
        return {**tree, "meta": {"lang": _string(document.language), "pagetitle": _string(document.title), **large}}

    def heading(self, heading: Heading) -> list[Node]:
        classes = ["new-page"] if heading.new_page else []
        return [{"t": "Header", "c": [heading.level, [heading.anchor or "", classes, []], self.inlines(heading.flat)]}]

    def said(self, said: Said) -> list[Node]:
        # <bdi> finds the direction of each line by itself and lets none of it out; line breaks stand outside,
        # since the style sheet keeps every space inside.
        return self.lines(said, lambda line: [_html("<bdi>"), *self.plain(line), _html("</bdi>")])

    def styled(self, style: str, anchor: str, inlines: list[Node]) -> Node:
        return {"t": "Span", "c": [[anchor, [style.lower()], []], inlines]}

    def styled_block(self, style: str, block: Node) -> Node:
        return {"t": "Div", "c": [["", [style.lower()], []], [block]]}

    def table(self, table: Table) -> Node:
        kind = ["words"] if table.words else []
        # On a narrow screen a wide table scrolls by itself, by keyboard too, and leaves the page in place.
        region = [["role", "region"], ["aria-label", table.caption], ["tabindex", "0"]]
        return {"t": "Div", "c": [["", ["scroll", *kind], region], [super().table(table)]]}

    def chart(self, chart: Chart) -> list[Node]:
        return [{"t": "RawBlock", "c": ["html", f'<div class="chart">{chart.svg}</div>']}]

    def alignment(self, column: int, words: bool) -> Node:
        # The style sheet does it; pandoc would write a style attribute into every cell.
        return {"t": "AlignDefault"}


def _string(text: str) -> Node:
    return {"t": "MetaString", "c": text}


def _html(tag: str) -> Node:
    return {"t": "RawInline", "c": ["html", tag]}
