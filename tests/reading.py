"""Reads the notes back out of exported files, with other programs than those that wrote them where there are any."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import lxml.html
import msgspec
import openpyxl
import pypandoc
import pypdf
from lxml import etree

from verkstad.documents import Format
from verkstad.domain.workshop_file import WorkshopFile

Found = list[tuple[int, str]]
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_GROUP = re.compile(r"(?:Group|Grupp) (\d+)")


def notes_in(fmt: Format, content: bytes) -> Found:
    """Group and text of every note in a file of the view by groups, in order."""
    return _READERS[fmt](content)


def _by_headings(blocks: Iterator[tuple[str, str]]) -> Found:
    group, found = 0, []
    for kind, text in blocks:
        if kind == "heading":
            group = int(match[1]) if (match := _GROUP.match(text)) else group
        elif kind == "item":
            found.append((group, text))
    return found


def _docx(content: bytes) -> Found:
    def blocks() -> Iterator[tuple[str, str]]:
        for paragraph in docx.Document(io.BytesIO(content)).paragraphs:
            style = paragraph.style.name if paragraph.style else ""
            yield {"Heading 2": "heading", "List Bullet": "item"}.get(style or "", "other"), paragraph.text

    return _by_headings(blocks())


def _odt(content: bytes) -> Found:
    def blocks() -> Iterator[tuple[str, str]]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = etree.fromstring(archive.read("content.xml"))
        for element in root.iter(f"{_ODF}h", f"{_ODF}list-item"):
            if element.tag == f"{_ODF}list-item":
                yield "item", "".join(odt_text(p) for p in element.iter(f"{_ODF}p"))
            elif element.get(f"{_ODF}outline-level") == "2":
                yield "heading", odt_text(element)

    return _by_headings(blocks())


def odt_text(element: etree._Element) -> str:
    """The text of an OpenDocument paragraph, with its elements for white space."""
    text = str(element.text or "")
    for child in element:
        match etree.QName(child).localname:
            case "s":
                text += " " * int(child.get(f"{_ODF}c", "1"))
            case "tab":
                text += "\t"
            case "line-break":
                text += "\n"
            case _:
                text += odt_text(child)
        text += str(child.tail or "")
    return text


def _html(content: bytes) -> Found:
    def blocks() -> Iterator[tuple[str, str]]:
        for element in lxml.html.document_fromstring(content.decode()).iter("h2", "li"):
            if element.tag == "h2":
                yield "heading", _words(element)
            else:
                yield (
                    "item",
                    "".join("\n" if e.tag == "br" else _words(e) for e in element.iter("bdi", "br")),
                )

    return _by_headings(blocks())


def _words(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def markdown_tree(content: bytes) -> list[dict[str, Any]]:
    """The blocks of GitHub Markdown, as pandoc reads them."""
    command = [pypandoc.get_pandoc_path(), "--from=gfm", "--to=json"]
    read = subprocess.run(command, input=content, capture_output=True, check=True)
    blocks: list[dict[str, Any]] = json.loads(read.stdout)["blocks"]
    return blocks


def _markdown(content: bytes) -> Found:
    def blocks() -> Iterator[tuple[str, str]]:
        for block in markdown_tree(content):
            if block["t"] == "Header" and block["c"][0] == 2:
                yield "heading", plain(block["c"][2])
            elif block["t"] == "BulletList":
                for item in block["c"]:
                    assert [b["t"] for b in item] in (["Plain"], ["Para"]), item
                    yield "item", plain(item[0]["c"])

    return _by_headings(blocks())


def plain(inlines: list[dict[str, Any]]) -> str:
    """Words and line breaks only; anything that is more than text fails."""
    text = ""
    for inline in inlines:
        match inline["t"]:
            case "Str":
                text += inline["c"]
            case "Space":
                text += " "
            case "LineBreak":
                text += "\n"
            case "Span":
                text += plain(inline["c"][1])
            case other:
                raise AssertionError(f"{other} came alive: {inline}")
    return text


def _pdf(content: bytes) -> Found:
    """PDF has lines, not items: what stands between one bullet and the next, without its white space."""
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    found: Found = []
    for number, body in re.findall(r"^Group (\d+)$(.*?)(?=^Group \d+$|\Z)", text, re.MULTILINE | re.DOTALL):
        without_feet = re.sub(r"^.*\d+ \(\d+\)$", "", body, flags=re.MULTILINE)
        found += [(int(number), squeezed(item)) for item in without_feet.split("•")[1:]]
    return found


def squeezed(text: str) -> str:
    """The text without white space, which a page sets as it likes."""
    return "".join(text.split())


def _xlsx(content: bytes) -> Found:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [(int(str(row[1])), str(row[4])) for row in sheet.iter_rows(min_row=2, values_only=True)]


def _csv(content: bytes) -> Found:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    next(rows)
    return [(int(row[1]), row[4]) for row in rows]


def _json(content: bytes) -> Found:
    return [(n.group, n.text) for n in msgspec.json.decode(content, type=WorkshopFile).notes]


_READERS = {
    Format.DOCX: _docx,
    Format.ODT: _odt,
    Format.PDF: _pdf,
    Format.MD: _markdown,
    Format.HTML: _html,
    Format.XLSX: _xlsx,
    Format.CSV: _csv,
    Format.JSON: _json,
}
