"""Reads a compilation from a Word file or an OpenDocument text: pandoc finds the structure, the text stays exact.

Pandoc makes one space of several, and of a tab. So every blank in the document's text is first replaced by a
character of the private use area, which pandoc carries through, and put back afterwards.
"""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any, Literal

import pypandoc
from lxml import etree

from verkstad.domain.errors import Invalid, N_
from verkstad.services.imports.blocks import Block, Kind

OfficeFormat = Literal["docx", "odt"]

MAX_UNPACKED = 100_000_000  # a few kilobytes can unpack to anything
TIMEOUT = 60
_BODY: dict[OfficeFormat, str] = {"docx": "word/document.xml", "odt": "content.xml"}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BLANKS = {" ": "\ue0f0", "\t": "\ue0f1", "\u00a0": "\ue0f2"}
_PROTECT = str.maketrans(_BLANKS)
_RESTORE = str.maketrans({mark: blank for blank, mark in _BLANKS.items()})


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
        tree = _pandoc(_with_protected_blanks(data, office), office)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, subprocess.SubprocessError, ValueError) as error:
        message = N_("The document is damaged. Open it, save it again as a Word file (.docx), and import that.")
        raise Invalid("broken_document", message) from error
    found = [(kind, text.translate(_RESTORE).strip()) for kind, text in _blocks(tree["blocks"])]
    return [Block(kind, text, line) for line, (kind, text) in enumerate(found, 1) if text]
