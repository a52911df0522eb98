"""What a Word file of the summary keeps to be read back: hidden bookmarks, and a part that says what they are."""

from __future__ import annotations

import io
import zipfile
from typing import cast

from lxml import etree

from verkstad.documents.archive import edited, parsed, written
from verkstad.documents.docx_words import W, plain, runs_of
from verkstad.documents.manuscript import (
    NAMESPACE,
    Fetched,
    Manifest,
    fingerprint,
    workshop_print,
    write_manifest,
)
from verkstad.documents.pandoc import Node, StyledTree
from verkstad.documents.tree import Block, Document, Heading, Paragraph
from verkstad.documents.wording import marked_up
from verkstad.domain.line import INTRODUCTION

# Word hides bookmarks whose names begin with an underscore, and pandoc allows none of them.
_LINE, _SECTION = "vl", "vs"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DS = f"{_OFFICE}/customXml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ITEM = "{7A1D4B1E-93C2-4E51-9D4B-0B2F1C5C3E11}"  # any constant one: it tells the part from those of others


class MarkedTree(StyledTree):
    """The tree for Word, where each line and each heading that lines can stand under has a bookmark."""

    def __init__(self) -> None:
        self.line_marks: dict[str, tuple[str, str]] = {}  # by bookmark: the line and its section
        self.section_marks: dict[str, str] = {}
        self._section = INTRODUCTION

    def block(self, block: Block) -> list[Node]:
        if isinstance(block, Paragraph) and block.line is not None:
            mark = f"{_LINE}{len(self.line_marks) + 1}"
            self.line_marks[f"_{mark}"] = (block.line, self._section)
            return [{"t": "Para", "c": [self._marked(mark, self.inlines(block.inlines))]}]
        return super().block(block)

    def heading(self, heading: Heading) -> list[Node]:
        nodes = super().heading(heading)
        if heading.section is not None:
            mark = f"{_SECTION}{len(self.section_marks) + 1}"
            self.section_marks[f"_{mark}"] = self._section = heading.section
            level, attr, inlines = cast("tuple[int, Node, list[Node]]", nodes[-1]["c"])
            nodes[-1] = {"t": "Header", "c": [level, attr, [self._marked(mark, inlines)]]}
        return nodes

    def _marked(self, mark: str, inlines: list[Node]) -> Node:
        return {"t": "Span", "c": [[mark, [], []], inlines]}


def with_manuscript(docx: bytes, tree: MarkedTree, document: Document) -> bytes:
    """The finished file with what it needs to come back; as it is when no line can stand in it."""
    if not tree.line_marks and not set(tree.section_marks.values()) - {INTRODUCTION}:
        return docx
    body = parsed(zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml"))
    for bookmark in body.iter(f"{W}bookmarkStart"):
        name = f"_{bookmark.get(f'{W}name')}"
        if name in tree.line_marks or name in tree.section_marks:
            bookmark.set(f"{W}name", name)
    return edited(
        docx,
        {
            "word/document.xml": lambda _: written(body),
            "word/_rels/document.xml.rels": _with_relation,
            "[Content_Types].xml": _with_type,
        },
        {
            "customXml/item1.xml": write_manifest(_manifest(body, tree, document)),
            "customXml/itemProps1.xml": _item_properties(),
            "customXml/_rels/item1.xml.rels": _relations(f"{_OFFICE}/relationships/customXmlProps", "itemProps1.xml"),
        },
    )


def _manifest(body: etree._Element, tree: MarkedTree, document: Document) -> Manifest:
    """What the paragraphs say, by the same eyes that read them when they come back."""
    lines: dict[str, Fetched] = {}
    ours = set()
    for paragraph in body.iter(f"{W}p"):
        names = [str(x.get(f"{W}name")) for x in paragraph.iter(f"{W}bookmarkStart")]
        mark = next((name for name in names if name in tree.line_marks), None)
        if mark is None:
            ours.add(fingerprint(plain(paragraph)))
        else:
            lines[mark] = Fetched(*tree.line_marks[mark], fingerprint(marked_up(runs_of(paragraph, {}))))
    return Manifest(workshop_print(document.code), lines, tree.section_marks, frozenset(ours))


def _with_relation(xml: bytes) -> bytes:
    root = parsed(xml)
    kind = f"{_OFFICE}/relationships/customXml"
    etree.SubElement(
        root, f"{_RELS}Relationship", {"Id": "rIdManuscript", "Type": kind, "Target": "../customXml/item1.xml"}
    )
    return written(root)


def _with_type(xml: bytes) -> bytes:
    root = parsed(xml)
    etree.SubElement(root, f"{_TYPES}Override", {"PartName": "/customXml/itemProps1.xml", "ContentType": _PROPERTIES})
    return written(root)


def _relations(kind: str, target: str) -> bytes:
    root = etree.Element(f"{_RELS}Relationships", nsmap=cast("dict[str, str]", {None: _RELS[1:-1]}))
    etree.SubElement(root, f"{_RELS}Relationship", {"Id": "rId1", "Type": kind, "Target": target})
    return written(root)


def _item_properties() -> bytes:
    ds = f"{{{_DS}}}"
    root = etree.Element(f"{ds}datastoreItem", {f"{ds}itemID": _ITEM}, nsmap={"ds": _DS})
    references = etree.SubElement(root, f"{ds}schemaRefs")
    etree.SubElement(references, f"{ds}schemaRef", {f"{ds}uri": NAMESPACE})
    return written(root)
