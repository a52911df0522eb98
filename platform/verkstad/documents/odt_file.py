"""OpenDocument text: pandoc's structure, under styles of our own in place of its many automatic ones."""

from __future__ import annotations

from importlib.resources import files

from lxml import etree

from verkstad.documents.archive import edited, parsed, written
from verkstad.documents.bidi import is_rtl
from verkstad.documents.pandoc import PAGE_BREAK, StyledTree, convert
from verkstad.documents.phrases import language_tag
from verkstad.documents.tree import LARGER, Block, Chart, Document, Table

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _STYLE, _TEXT, _TABLE = (f"{_OASIS}{name}:1.0}}" for name in ("office", "style", "text", "table"))
_DRAW = f"{_OASIS}drawing:1.0}}"
_SVG = f"{_OASIS}svg-compatible:1.0}}"
_MANIFEST = f"{_OASIS}manifest:1.0}}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_META = f"{_OASIS}meta:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_STYLE_NAME = f"{_TEXT}style-name"
_MAX_WHOLE_ROWS = 25
_RUNNING = {"Text_20_body", "First_20_paragraph"}


def render_odt(document: Document) -> bytes:
    """The document as an OpenDocument text with headings, lists and tables that are real ones."""
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    return edited(
        convert(StyledTree().build(document), "odt"),
        {
            "content.xml": lambda xml: _content(xml, document.blocks),
            "styles.xml": lambda _: _styles(document),
            "meta.xml": lambda xml: _properties(xml, document),
            "META-INF/manifest.xml": lambda xml: _with_pictures(xml, charts),
        },
        {_picture(n): chart.svg.encode() for n, chart in enumerate(charts)},
    )


def _ours(name: str) -> etree._Element:
    return parsed((files("verkstad.documents") / "opendocument" / name).read_bytes())


def _content(xml: bytes, blocks: tuple[Block, ...]) -> bytes:
    root = parsed(xml)
    _replace_automatic_styles(root)
    for paragraph in root.iterfind(f".//{_TEXT}list-item/{_TEXT}p"):
        paragraph.set(_STYLE_NAME, "List_20_Bullet_20_RTL" if is_rtl(_text(paragraph)) else "List_20_Bullet")
    for items in root.iter(f"{_TEXT}list"):
        items.set(_STYLE_NAME, "Bullets")
    for opening in root.iterfind(f".//{_OFFICE}text/{_TEXT}p"):
        if opening.get(_STYLE_NAME) in _RUNNING and _opens(opening.getnext()):
            opening.set(_STYLE_NAME, "Opening")
    for link in root.iter(f"{_TEXT}a"):
        for span in link.iter(f"{_TEXT}span"):
            span.set(_STYLE_NAME, "Internet_20_link")
    tables = [block for block in blocks if isinstance(block, Table)]
    for element, table in zip(root.iter(f"{_TABLE}table"), tables, strict=True):
        _as_our_table(element, words=table.words)
    charts = [block for block in blocks if isinstance(block, Chart)]
    for n, (frame, chart) in enumerate(zip(root.iter(f"{_DRAW}frame"), charts, strict=True)):
        _draw(frame, n, chart)
    _break_pages(root)
    return written(root)


def _draw(frame: etree._Element, n: int, chart: Chart) -> None:
    """The SVG before its PNG, of which a program shows the first that it can, and what the picture says."""
    frame.set(f"{_TEXT}anchor-type", "as-char")
    frame[0].set(f"{_DRAW}mime-type", "image/png")
    svg = {"href": _picture(n), "type": "simple", "show": "embed", "actuate": "onLoad"}
    image = etree.Element(f"{_DRAW}image", {_XLINK + k: v for k, v in svg.items()})
    image.set(f"{_DRAW}mime-type", "image/svg+xml")
    frame.insert(0, image)
    for old in frame.findall(f"{_SVG}title") + frame.findall(f"{_SVG}desc"):
        frame.remove(old)
    etree.SubElement(frame, f"{_SVG}title").text = chart.title
    etree.SubElement(frame, f"{_SVG}desc").text = chart.description


def _picture(n: int) -> str:
    return f"Pictures/chart{n + 1}.svg"


def _with_pictures(xml: bytes, charts: list[Chart]) -> bytes:
    root = parsed(xml)
    for n, _ in enumerate(charts):
        entry = {"full-path": _picture(n), "media-type": "image/svg+xml"}
        etree.SubElement(root, f"{_MANIFEST}file-entry", {_MANIFEST + k: v for k, v in entry.items()})
    return written(root)


def _opens(following: etree._Element | None) -> bool:
    """Whether a paragraph says what comes right below it, and so must not be parted from it."""
    return following is not None and (following.tag == f"{_TEXT}list" or following.get(_STYLE_NAME) == "TableCaption")


def _replace_automatic_styles(root: etree._Element) -> None:
    """Ours in place of pandoc's, of which only the widths of columns are kept."""
    theirs = root.find(f"{_OFFICE}automatic-styles")
    assert theirs is not None
    columns = theirs.findall(f"{_STYLE}style[@{_STYLE}family='table-column']")
    ours = _ours("automatic.xml")
    ours.extend(columns)
    root.replace(theirs, ours)


def _as_our_table(table: etree._Element, *, words: bool) -> None:
    rows = list(table.iter(f"{_TABLE}table-row"))
    # A table that may not break and is higher than a page is cut off by LibreOffice.
    table.set(f"{_TABLE}style-name", "OurTable" if len(rows) <= _MAX_WHOLE_ROWS else "OurLongTable")
    for row in rows:
        row.set(f"{_TABLE}style-name", "Row")
        heading = row.getparent() is not table
        total = row is rows[-1] and any(span.get(_STYLE_NAME) == "T1" for span in row.iter(f"{_TEXT}span"))
        for column, cell in enumerate(row.iter(f"{_TABLE}table-cell")):
            cell.set(f"{_TABLE}style-name", "CellHeading" if heading else "CellTotal" if total else "Cell")
            for paragraph in cell.iter(f"{_TEXT}p"):
                paragraph.set(_STYLE_NAME, _cell_style(figure=column > 0 and not words, strong=heading or total))
    for span in [s for s in table.iter(f"{_TEXT}span") if s.get(_STYLE_NAME) == "T1"]:
        # The row's own style is bold; pandoc's name for bold went with its styles.
        del span.attrib[_STYLE_NAME]


def _cell_style(*, figure: bool, strong: bool) -> str:
    if figure:
        return "Table_20_Figure_20_Heading" if strong else "Table_20_Figure"
    return "Table_20_Heading" if strong else "Table_20_Contents"


def _break_pages(root: etree._Element) -> None:
    """Each mark for a new page goes, and the heading after it begins one."""
    for mark in root.findall(f".//{_TEXT}p[@{_STYLE_NAME}='{PAGE_BREAK}']"):
        heading, parent = mark.getnext(), mark.getparent()
        assert heading is not None and parent is not None
        heading.set(_STYLE_NAME, "NewPage")
        parent.remove(mark)


def _text(paragraph: etree._Element) -> str:
    return "".join(str(text) for text in paragraph.itertext())


def _styles(document: Document) -> bytes:
    root = _ours("styles.xml")
    language, _, country = language_tag(document.language).partition("-")
    fo = f"{_OASIS}xsl-fo-compatible:1.0}}"
    for properties in root.iterfind(f".//{_STYLE}default-style/{_STYLE}text-properties"):
        properties.set(f"{fo}language", language)
        properties.set(f"{fo}country", country)
    for properties in root.iterfind(f".//*[@{fo}font-size]") if document.large else ():
        points = float(str(properties.get(f"{fo}font-size")).removesuffix("pt"))
        properties.set(f"{fo}font-size", f"{points * LARGER:g}pt")
    footer = root.find(f".//{_STYLE}footer/{_TEXT}p/{_TEXT}span")
    assert footer is not None
    footer.text = document.short_title
    return written(root)


def _properties(xml: bytes, document: Document) -> bytes:
    root = parsed(xml)
    made_at = f"{document.made_at:%Y-%m-%dT%H:%M:%SZ}" if document.made_at else None
    values = {f"{_DC}title": document.title, f"{_DC}date": made_at, f"{_META}creation-date": made_at}
    for element in list(root.iter(*values)):
        value = values[str(element.tag)]
        parent = element.getparent()
        if value is None and parent is not None:
            parent.remove(element)
        else:
            element.text = value
    return written(root)
