"""The summary as a Word file that comes back: what it keeps of its lines, invisibly, to be told from new words.

Each line, and each heading that lines can stand under, has a hidden bookmark. A part of XML beside the text says which
is which, and what every paragraph said, as hashes: nothing that is taken out of the text is left in the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import cast

import msgspec
from lxml import etree

NAMESPACE = "urn:verkstad:manuscript:1"
_M = f"{{{NAMESPACE}}}"


class Fetched(msgspec.Struct, frozen=True):
    """A line as it was when the file was made: where it stood, and the hash of what it said."""

    id: str
    section: str
    said: str


class Piece(msgspec.Struct, frozen=True):
    """A paragraph of the file that came back: one of the lines, or a new one with an id to come."""

    line: str
    text: str
    section: str | None


class Manuscript(msgspec.Struct, frozen=True):
    """A file that came back, in the order of its paragraphs."""

    of: str
    fetched: tuple[Fetched, ...]
    pieces: tuple[Piece, ...]
    unplaced: tuple[str, ...] = ()  # words that belong to no line and stand where no line can
    remarks: bool = False  # comments or footnotes, which are not read


class Manifest(msgspec.Struct, frozen=True):
    """What the file says of itself; lines and sections by their bookmarks."""

    of: str
    lines: dict[str, Fetched]
    sections: dict[str, str]
    ours: frozenset[str]  # the hashes of all other paragraphs


def fingerprint(text: str) -> str:
    """What tells a text from others without telling what it says."""
    return hashlib.blake2b(" ".join(text.split()).encode(errors="replace"), digest_size=8).hexdigest()


def workshop_print(code: str | None) -> str:
    """What tells a file of one workshop from another's."""
    return fingerprint(code or "")


def write_manifest(manifest: Manifest) -> bytes:
    root = etree.Element(f"{_M}manuscript", {"of": manifest.of}, nsmap=cast("dict[str, str]", {None: NAMESPACE}))
    for mark, line in manifest.lines.items():
        etree.SubElement(root, f"{_M}line", {"mark": mark, "id": line.id, "section": line.section, "said": line.said})
    for mark, section in manifest.sections.items():
        etree.SubElement(root, f"{_M}section", {"mark": mark, "name": section})
    etree.SubElement(root, f"{_M}ours").text = " ".join(sorted(manifest.ours))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def read_manifest(parts: Iterable[etree._Element]) -> Manifest | None:
    """The first of the XML parts that is one of ours. KeyError when it is not whole."""
    for root in parts:
        if root.tag == f"{_M}manuscript":
            return Manifest(
                of=_said(root, "of"),
                lines={
                    _said(x, "mark"): Fetched(_said(x, "id"), _said(x, "section"), _said(x, "said"))
                    for x in root.iterfind(f"{_M}line")
                },
                sections={_said(x, "mark"): _said(x, "name") for x in root.iterfind(f"{_M}section")},
                ours=frozenset((root.findtext(f"{_M}ours") or "").split()),
            )
    return None


def _said(element: etree._Element, name: str) -> str:
    return str(element.attrib[name])
