"""Word: headings to navigate by, real lists and tables, and styles of our own instead of pandoc's."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from lxml import etree

from verkstad.documents.archive import edited, parsed, written
from verkstad.documents.bidi import is_rtl
from verkstad.documents.docx_marks import MarkedTree, with_manuscript
from verkstad.documents.pandoc import CHART_WIDTH, PAGE_BREAK, convert
from verkstad.documents.phrases import language_tag
from verkstad.documents.tree import LARGER, Chart, Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_FOOTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_FOOTER_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
_FOOTER_ID = "rIdFooter"
_IMAGE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU = 360_000  # in a centimetre
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_A4 = {"w": "11906", "h": "16838"}
_MARGINS = {"top": "1304", "right": "1361", "bottom": "1304", "left": "1361", "header": "624", "footer": "624"}


def render_docx(document: Document) -> bytes:
    """The document as an Office Open XML file with no field, macro or link out of it."""
    tree = MarkedTree()
    language = language_tag(document.language).encode()
    charts = [block for block in document.blocks if isinstance(block, Chart)]

    def ours(name: str) -> bytes:
        return (files("verkstad.documents") / "word" / name).read_bytes().replace(b"sv-SE", language)

    def part(name: str) -> Callable[[bytes], bytes]:
        return lambda _: ours(name)

    docx = edited(
        convert(tree.build(document), "docx"),
        {
            "word/document.xml": lambda xml: _body(xml, charts),
            "word/styles.xml": lambda _: _styles(ours("styles.xml"), document),
            "word/numbering.xml": part("numbering.xml"),
            "word/fontTable.xml": part("fontTable.xml"),
            "word/settings.xml": part("settings.xml"),
            "word/_rels/document.xml.rels": lambda xml: _with_relations(xml, charts),
            "[Content_Types].xml": _with_types,
            "docProps/core.xml": lambda xml: _properties(xml, document),
        },
        {
            "word/footer1.xml": _footer(ours("footer1.xml"), document.short_title),
            **{f"word/{_media(n)}": chart.svg.encode() for n, chart in enumerate(charts)},
        },
    )
    return with_manuscript(docx, tree, document)


def _styles(xml: bytes, document: Document) -> bytes:
    if not document.large:
        return xml
    root = parsed(xml)
    for size in root.iter(f"{_W}sz", f"{_W}szCs"):
        size.set(f"{_W}val", str(round(int(size.get(f"{_W}val", "22")) * LARGER)))
    return written(root)


def _body(xml: bytes, charts: list[Chart]) -> bytes:
    root = parsed(xml)
    for paragraph in root.iter(f"{_W}p"):
        if _is_list_item(paragraph):
            _as_list_item(paragraph)
        elif _opens(paragraph.getnext()) and not _keeps_by_itself(paragraph):
            _child(paragraph, "pPr").insert(1, etree.Element(f"{_W}keepNext"))
    for table in root.iter(f"{_W}tbl"):
        _as_our_table(table)
    for n, (drawing, chart) in enumerate(zip(root.iter(f"{_W}drawing"), charts, strict=True)):
        _draw(drawing, n, chart)
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


def _keeps_by_itself(paragraph: etree._Element) -> bool:
    """Whether it is a heading, whose style says so already, or a picture, which would take its table with it."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    heading = style is not None and str(style.get(f"{_W}val")).startswith("Heading")
    return heading or paragraph.find(f".//{_W}drawing") is not None


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


def _draw(drawing: etree._Element, n: int, chart: Chart) -> None:
    """The chart as wide as the text, and its SVG beside the PNG: programs that know it show it sharp at any size."""
    wide = round(CHART_WIDTH * _EMU)
    size = {"cx": str(wide), "cy": str(round(wide * chart.height / chart.width))}
    for extent in (*drawing.iter(f"{_WP}extent"), *drawing.iterfind(f".//{_A}xfrm/{_A}ext")):
        for side, length in size.items():
            extent.set(side, length)
    for blip in drawing.iter(f"{_A}blip"):
        extension = etree.SubElement(etree.SubElement(blip, f"{_A}extLst"), f"{_A}ext", uri=_SVG_EXTENSION)
        etree.SubElement(extension, f"{_SVG}svgBlip", {f"{_R}embed": _chart_id(n)}, {"asvg": _SVG[1:-1]})
    for picture in drawing.iter(f"{_PIC}cNvPr"):
        del picture.attrib["descr"]  # pandoc writes the whole file there; the words are with the drawing


def _media(n: int) -> str:
    return f"media/chart{n + 1}.svg"


def _chart_id(n: int) -> str:
    return f"rIdChart{n + 1}"


def _child(parent: etree._Element, name: str) -> etree._Element:
    found = parent.find(_W + name)
    return found if found is not None else etree.SubElement(parent, _W + name)


def _footer(xml: bytes, title: str) -> bytes:
    root = parsed(xml)
    text = next(root.iter(f"{_W}t"))
    text.text = title
    return written(root)


def _with_relations(xml: bytes, charts: list[Chart]) -> bytes:
    root = parsed(xml)
    ours = [(_FOOTER_ID, _FOOTER_REL, "footer1.xml")]
    ours += [(_chart_id(n), _IMAGE_REL, _media(n)) for n, _ in enumerate(charts)]
    for name, kind, target in ours:
        etree.SubElement(root, f"{_RELS}Relationship", {"Id": name, "Type": kind, "Target": target})
    return written(root)


def _with_types(xml: bytes) -> bytes:
    root = parsed(xml)
    etree.SubElement(root, f"{_TYPES}Default", {"Extension": "svg", "ContentType": "image/svg+xml"})
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
