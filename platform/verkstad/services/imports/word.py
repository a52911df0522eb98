"""Reads a compilation from a Word file or an OpenDocument text: pandoc finds the structure, the text stays exact.

Pandoc makes one space of several, and of a tab, and drops soft hyphens. So each of these is first replaced by a
noncharacter, which Unicode keeps free for such internal uses and pandoc carries through, and put back afterwards.
"""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Literal

import pypandoc
from lxml import etree

from verkstad.domain.errors import N_, Invalid
from verkstad.services.imports.blocks import Block, Kind
from verkstad.services.imports.marks import opens_group, typed_item
from verkstad.services.imports.plain_text import read_text

OfficeFormat = Literal["docx", "odt"]

# What reading can end in: the package broken, packed in an unknown way or locked, its text no text, or nested too deep.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,  # also NotImplementedError and RecursionError
    etree.XMLSyntaxError,
    subprocess.SubprocessError,
    ValueError,
)
MAX_SPACES = 1000  # in a row; a number in a file may be any
MAX_UNPACKED = 100_000_000  # a few kilobytes can unpack to anything
TIMEOUT = 60
_BODY: dict[OfficeFormat, str] = {"docx": "word/document.xml", "odt": "content.xml"}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FRAGILE = {" ": "\ufdd0", "\t": "\ufdd1", "\u00a0": "\ufdd2", "\u00ad": "\ufdd3"}
_PROTECT = str.maketrans(_FRAGILE)
_RESTORE = str.maketrans({mark: blank for blank, mark in _FRAGILE.items()})


def word_format(data: bytes) -> OfficeFormat | None:
    """Which of the formats ``data`` is, going by what is in it."""
    if not data.startswith(b"PK"):
        return None
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return None
    return next((office for office, body in _BODY.items() if body in names), None)


def read_word(data: bytes, office: OfficeFormat) -> list[Block]:
    """The headings, items and paragraphs of a document; its tracked changes count as accepted.

    Raises:
        Invalid: ``broken_document`` when it cannot be read.
    """
    try:
        tree = _pandoc(_protected(data, office), office)
    except _DAMAGE as error:
        message = N_("The document is damaged. Open it, save it again as a Word file (.docx), and import that.")
        raise Invalid("broken_document", message) from error
    found = [(kind, text.translate(_RESTORE).strip()) for kind, text in _blocks(tree["blocks"])]
    return [Block(kind, text, line) for line, (kind, text) in enumerate(found, 1) if text]


def _protected(data: bytes, office: OfficeFormat) -> bytes:
    """The same document with noncharacters for what pandoc would not leave as it is."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
        raise zipfile.BadZipFile("unpacks to too much")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(packed.read(_BODY[office]), parser)
    if office == "docx":
        _protect_docx(root)
    else:
        _protect_odt(root)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as repacked:
        for entry in packed.infolist():
            changed = entry.filename == _BODY[office]
            repacked.writestr(entry.filename, etree.tostring(root) if changed else packed.read(entry))
    return copy.getvalue()


def _protect_docx(root: etree._Element) -> None:
    for run in root.iter(f"{_W}r"):
        for name, character in (("tab", "\t"), ("softHyphen", "\u00ad")):
            for element in run.findall(f"{_W}{name}"):
                element.tag, element.text = f"{_W}t", character
                element.set(_KEEP_SPACES, "preserve")
    for piece in root.iter(f"{_W}t"):
        text = (piece.text or "").replace("\n", " ")
        kept = text if piece.get(_KEEP_SPACES) == "preserve" else text.strip(" \t")
        piece.text = kept.translate(_PROTECT)


def _protect_odt(root: etree._Element) -> None:
    """Blanks are elements here; those typed as characters count as one, as everywhere in OpenDocument."""
    for several in root.iter(f"{_TEXT}s"):
        several.tag, several.text = f"{_TEXT}span", " " * min(int(several.get(f"{_TEXT}c", "1")), MAX_SPACES)
    for tab in root.iter(f"{_TEXT}tab"):
        tab.tag, tab.text = f"{_TEXT}span", "\t"
    for paragraph in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
        for element in paragraph.iter():
            element.text = element.text and element.text.translate(_PROTECT)
            if element is not paragraph:
                element.tail = element.tail and element.tail.translate(_PROTECT)


def _pandoc(document: bytes, office: OfficeFormat) -> dict[str, Any]:
    """The document as pandoc's tree. It runs without files, network or macros, and with a ceiling on its memory."""
    command = [pypandoc.get_pandoc_path(), "--sandbox", "--track-changes=accept", "-f", office, "-t", "json"]
    command += ["+RTS", "-M512m", "-RTS"]
    done = subprocess.run(command, input=document, capture_output=True, timeout=TIMEOUT, check=True)  # noqa: S603
    tree: dict[str, Any] = json.loads(done.stdout)
    return tree


def _blocks(value: Any) -> Iterator[tuple[Kind, str]]:
    """The headings, items and paragraphs in a part of the tree, whatever they are wrapped in."""
    if isinstance(value, list):
        for part in value:
            yield from _blocks(part)
    elif isinstance(value, dict) and "t" in value:
        content: Any = value.get("c")
        match value["t"]:
            case "Header":
                yield Kind.HEADING, _text(content[2])
            case "Para" | "Plain":
                yield from _paragraph(content)
            case "BulletList":
                yield from ((Kind.ITEM, _item(blocks)) for blocks in content)
            case "OrderedList":
                yield from ((Kind.ITEM, _item(blocks)) for blocks in content[1])
            case "CodeBlock":
                yield Kind.PARAGRAPH, content[1]
            case _:
                yield from _blocks(content)


def _paragraph(inlines: list[Any]) -> Iterator[tuple[Kind, str]]:
    """A paragraph, a heading that is only a bold line, or what somebody typed with list marks of their own."""
    text = _text(inlines)
    lines = text.translate(_RESTORE).split("\n")
    if all(inline["t"] == "Strong" for inline in inlines) and len(text) <= 120:
        yield Kind.HEADING, text
    elif any(typed_item(line.lstrip()) or opens_group(line) for line in lines):
        yield from ((block.kind, block.text) for block in read_text("\n".join(lines), markdown=False))
    else:
        yield Kind.PARAGRAPH, text


def _item(blocks: list[Any], depth: int = 0) -> str:
    """One note of a list item; a list within it becomes lines of the note."""
    lines: list[str] = []
    for block in blocks:
        match block["t"]:
            case "Para" | "Plain":
                lines.append(_text(block["c"]))
            case "BulletList" | "OrderedList" as kind:
                items = block["c"] if kind == "BulletList" else block["c"][1]
                lines += ["  " * depth + "- " + _item(item, depth + 1) for item in items]
            case _:
                lines += [text for _, text in _blocks(block)]
    return "\n".join(line for line in lines if line.strip())


def _text(inlines: Any) -> str:
    """The characters of a heading or paragraph as people read them; a link is its words, a footnote in brackets."""
    if isinstance(inlines, list):
        return "".join(_text(inline) for inline in inlines)
    content: Any = inlines.get("c")
    match inlines["t"]:
        case "Str":
            return str(content)
        case "Space" | "SoftBreak":
            return " "
        case "LineBreak":
            return "\n"
        case "Code" | "Math":
            return str(content[1])
        case "Note":
            return " (" + " ".join(text for _, text in _blocks(content)) + ")"
        case "Quoted" | "Span" | "Link" | "Image" | "Cite":
            return _text(content[1])
        case "RawInline":
            return ""
        case _:
            return _text(content)
