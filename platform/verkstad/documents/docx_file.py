"""Word: headings to navigate by, real lists and tables, and styles of our own instead of pandoc's."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from lxml import etree

from verkstad.documents.archive import edited, parsed, written
from verkstad.documents.bidi import is_rtl
from verkstad.documents.pandoc import PAGE_BREAK, StyledTree, convert
from verkstad.documents.phrases import language_tag
from verkstad.documents.tree import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_FOOTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_FOOTER_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
_FOOTER_ID = "rIdFooter"
_A4 = {"w": "11906", "h": "16838"}
_MARGINS = {"top": "1304", "right": "1361", "bottom": "1304", "left": "1361", "header": "624", "footer": "624"}


def render_docx(document: Document) -> bytes:
    """The document as an Office Open XML file with no field, macro or link out of it."""
    language = language_tag(document.language).encode()

    def ours(name: str) -> bytes:
        return (files("verkstad.documents") / "word" / name).read_bytes().replace(b"sv-SE", language)

    def part(name: str) -> Callable[[bytes], bytes]:
        return lambda _: ours(name)

    return edited(
        convert(StyledTree().build(document), "docx"),
        {
            "word/document.xml": _body,
            "word/styles.xml": part("styles.xml"),
            "word/numbering.xml": part("numbering.xml"),
            "word/fontTable.xml": part("fontTable.xml"),
            "word/settings.xml": part("settings.xml"),
            "word/_rels/document.xml.rels": _with_footer_relation,
            "[Content_Types].xml": _with_footer_type,
            "docProps/core.xml": lambda xml: _properties(xml, document),
        },
        {"word/footer1.xml": _footer(ours("footer1.xml"), document.short_title)},
    )


def _body(xml: bytes) -> bytes:
    root = parsed(xml)
    for paragraph in root.iter(f"{_W}p"):
        if _is_list_item(paragraph):
            _as_list_item(paragraph)
        elif _opens(paragraph.getnext()):
            _child(paragraph, "pPr").insert(1, etree.Element(f"{_W}keepNext"))
    for table in root.iter(f"{_W}tbl"):
        _as_our_table(table)
    _break_pages(root)
    for section in root.iter(f"{_W}sectPr"):
        section.clear()
        etree.SubElement(section, f"{_W}footerReference", {f"{_W}type": "default", f"{_R}id": _FOOTER_ID})
        etree.SubElement(section, f"{_W}pgSz", {_W + k: v for k, v in _A4.items()})
        etree.SubElement(section, f"{_W}pgMar", {_W + k: v for k, v in _MARGINS.items()})
    return written(root)


def _is_list_item(element: etree._Element | None) -> bool:
    return element is not None and element.find(f"{_W}pPr/{_W}numPr") is not None


def _opens(following: etree._Element | None) -> bool:
    """Whether a paragraph says what comes right below it, and so must not be parted from it."""
    caption = f"{_W}pPr/{_W}pStyle[@{_W}val='TableCaption']"
    return _is_list_item(following) or (following is not None and following.find(caption) is not None)


def _as_list_item(paragraph: etree._Element) -> None:
    """The style *List Bullet*, and the side of the page its own script begins on."""
    properties = _child(paragraph, "pPr")
    _child(properties, "pStyle").set(f"{_W}val", "ListBullet")
    _child(_child(properties, "numPr"), "numId").set(f"{_W}val", "1")
    if is_rtl("".join(t.text or "" for t in paragraph.iter(f"{_W}t"))):
        # The order of elements in pPr is fixed: after numPr, before spacing and indents, of which there are none here.
        etree.SubElement(properties, f"{_W}bidi")


def _as_our_table(table: etree._Element) -> None:
    rows = table.findall(f"{_W}tr")
    for row in rows:
        properties = row.find(f"{_W}trPr")
        if properties is None:
            properties = etree.Element(f"{_W}trPr")
            row.insert(0, properties)
        properties.insert(0, etree.Element(f"{_W}cantSplit"))
    for cell in (paragraph for row in rows[:-1] for paragraph in row.iter(f"{_W}pPr")):
        # A short table stays on one page: each row holds on to the next.
        cell.insert(1, etree.Element(f"{_W}keepNext"))
    look = table.find(f"{_W}tblPr/{_W}tblLook")
    if look is not None:
        look.set(f"{_W}firstColumn", "1")
        look.attrib.pop(f"{_W}val", "")
    if rows and all(run.find(f"{_W}rPr/{_W}b") is not None for run in rows[-1].iter(f"{_W}r")):
        _rule_above(rows[-1])


def _rule_above(row: etree._Element) -> None:
    """The line over a sum; written into the cells, since not every program heeds a style for last rows."""
    for properties in row.iter(f"{_W}tcPr"):
        borders = etree.SubElement(properties, f"{_W}tcBorders")
        line = {"val": "single", "sz": "12", "space": "0", "color": "1F5645"}
        etree.SubElement(borders, f"{_W}top", {_W + k: v for k, v in line.items()})


def _break_pages(root: etree._Element) -> None:
    """Each mark for a new page goes, and the heading after it begins one: no empty line is left at its top."""
    style = f"{_W}pPr/{_W}pStyle[@{_W}val='{PAGE_BREAK}']"
    for mark in [p for p in root.iter(f"{_W}p") if p.find(style) is not None]:
        heading = next(p for p in mark.itersiblings() if p.tag == f"{_W}p")
        _child(heading, "pPr").insert(1, etree.Element(f"{_W}pageBreakBefore"))
        parent = mark.getparent()
        assert parent is not None
        parent.remove(mark)


def _child(parent: etree._Element, name: str) -> etree._Element:
    found = parent.find(_W + name)
    return found if found is not None else etree.SubElement(parent, _W + name)


def _footer(xml: bytes, title: str) -> bytes:
    root = parsed(xml)
    text = next(root.iter(f"{_W}t"))
    text.text = title
    return written(root)


def _with_footer_relation(xml: bytes) -> bytes:
    root = parsed(xml)
    attributes = {"Id": _FOOTER_ID, "Type": _FOOTER_REL, "Target": "footer1.xml"}
    etree.SubElement(root, f"{_RELS}Relationship", attributes)
    return written(root)


def _with_footer_type(xml: bytes) -> bytes:
    root = parsed(xml)
    etree.SubElement(root, f"{_TYPES}Override", {"PartName": "/word/footer1.xml", "ContentType": _FOOTER})
    return written(root)


def _properties(xml: bytes, document: Document) -> bytes:
    root = parsed(xml)
    for element in root:
        if element.tag == f"{_DC}title":
            element.text = document.title
        elif element.tag in {f"{_DCTERMS}created", f"{_DCTERMS}modified"}:
            if document.made_at:
                element.text = f"{document.made_at:%Y-%m-%dT%H:%M:%SZ}"
            else:
                root.remove(element)
    return written(root)
