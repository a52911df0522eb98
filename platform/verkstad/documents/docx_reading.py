"""Reads a Word file of the summary that somebody has worked in. Nothing in it is run, fetched or expanded."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from verkstad.documents.docx_words import Looks, W, ends_deleted, headings_of, looks_of, runs_of
from verkstad.documents.manuscript import Fetched, Manifest, Manuscript, Piece, fingerprint, read_manifest
from verkstad.documents.wording import Run, marked_up
from verkstad.domain.errors import N_, Invalid
from verkstad.domain.line import INTRODUCTION

MAX_UNPACKED = 100_000_000  # a few kilobytes can unpack to anything
MAX_PARAGRAPHS = 50_000  # many times the largest summary
# What reading can end in: the package broken, packed in an unknown way or locked, a part missing, its text no text.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError, OSError, etree.XMLSyntaxError)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BOX = f"{W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_manuscript(data: bytes, new_id: Callable[[], str]) -> Manuscript:
    """What the file says of each line, what is new in it and where, and what has no place among the lines.

    Raises:
        Invalid: ``broken_document``, or ``not_ours`` when it has none of our marks.
    """
    try:
        package = _Package(data)
        manifest = read_manifest(package.custom_parts())
        if manifest is None:
            raise Invalid(
                "not_ours",
                N_(
                    "This file has none of the marks that tell where its lines belong. Fetch the summary from here as "
                    "a Word file, write in that file, and save it as a Word file (.docx)."
                ),
            )
        return _Reading(package, manifest, new_id).manuscript()
    except _DAMAGE as error:
        message = N_(
            "The file cannot be read as a Word file. Open it, save it again as a Word file (.docx), and try again."
        )
        raise Invalid("broken_document", message) from error


class _Package:
    """The parts of the file that are looked at."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        if sum(entry.file_size for entry in self._zip.infolist()) > MAX_UNPACKED:
            raise zipfile.BadZipFile("unpacks to too much")

    def body(self) -> etree._Element:
        """Some programs give it another name with each saving."""
        relations = self._part("_rels/.rels").iter(_RELATION)
        target = next(r.get("Target", "") for r in relations if r.get("Type", "").endswith("/officeDocument"))
        return self._part(posixpath.normpath(target.lstrip("/")))

    def styles(self) -> etree._Element:
        name = "word/styles.xml"
        return self._part(name) if name in self._zip.namelist() else etree.Element(f"{W}styles")

    def custom_parts(self) -> list[etree._Element]:
        names = [name for name in self._zip.namelist() if name.startswith("customXml/item") and name.endswith(".xml")]
        return [self._part(name) for name in names]

    def _part(self, name: str) -> etree._Element:
        root = etree.fromstring(self._zip.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
        if root.getroottree().docinfo.internalDTD is not None:
            raise ValueError("no part of a Word file has a document type")
        return root


@dataclass
class _Paragraph:
    """One paragraph: its words, the bookmarks that cover some of it, and what it is."""

    runs: list[Run]
    begins: set[str] = field(default_factory=set)  # the bookmarks that begin in it or right before it
    covers: set[str] = field(default_factory=set)  # those and the ones that go on into it
    heading: bool = False
    apart: bool = False  # in a table or a text box

    @property
    def text(self) -> str:
        return marked_up(self.runs)

    @property
    def words(self) -> str:
        """All of it, the marks of sources as well."""
        return " ".join("".join(run.text for run in self.runs).split())


class _Reading:
    def __init__(self, package: _Package, manifest: Manifest, new_id: Callable[[], str]) -> None:
        self._manifest, self._new_id = manifest, new_id
        styles = package.styles()
        self._looks: Looks = looks_of(styles)
        self._headings = headings_of(styles)
        body = package.body()
        self._remarks = any(True for _ in body.iter(f"{W}commentReference", f"{W}footnoteReference"))
        self._paragraphs = self._read(body)

    def manuscript(self) -> Manuscript:
        lines = self._lines()
        pieces: list[Piece] = []
        unplaced: list[str] = []
        section: str | None = INTRODUCTION
        for number, paragraph in enumerate(self._paragraphs):
            opened = next((self._manifest.sections[m] for m in paragraph.begins if m in self._manifest.sections), None)
            ours = fingerprint(paragraph.words) in self._manifest.ours
            if opened is not None or (paragraph.heading and ours):
                section = opened
            if number in lines:
                pieces.append(Piece(lines[number].id, paragraph.text, section))
            elif ours or not paragraph.text:
                continue
            elif section is None or paragraph.heading or paragraph.apart or opened is not None:
                unplaced.append(paragraph.words)
            else:
                pieces.append(Piece(self._new_id(), paragraph.text, section))
        fetched = tuple(self._manifest.lines.values())
        return Manuscript(self._manifest.of, fetched, tuple(pieces), tuple(unplaced), self._remarks)

    def _lines(self) -> dict[int, Fetched]:
        """Which paragraph is which line, by its bookmark or, when that has gone, by saying the very same."""
        found: dict[int, Fetched] = {}
        missing: list[Fetched] = []
        for mark, line in self._manifest.lines.items():
            number = self._paragraph_of(mark, line, found)
            if number is None:
                missing.append(line)
            else:
                found[number] = line
        said = {fingerprint(p.text): n for n, p in reversed(list(enumerate(self._paragraphs))) if n not in found}
        for line in missing:
            number = said.pop(line.said, None)
            if number is not None:
                found[number] = line
        return found

    def _paragraph_of(self, mark: str, line: Fetched, taken: dict[int, Fetched]) -> int | None:
        """Of the paragraphs that a bookmark covers the one that still says the same, or else the longest."""
        covered = [n for n, p in enumerate(self._paragraphs) if mark in p.covers and p.text and n not in taken]
        alone = [n for n in covered if not (self._paragraphs[n].begins - {mark}) & self._manifest.lines.keys()]
        texts = {n: self._paragraphs[n].text for n in alone or covered}
        same = [n for n, text in texts.items() if fingerprint(text) == line.said]
        return next(iter(same), max(texts, key=lambda n: len(texts[n]), default=None))

    def _read(self, body: etree._Element) -> list[_Paragraph]:
        paragraphs: list[_Paragraph] = []
        opened: dict[str, str] = {}  # the bookmarks that go on, by the number they have in the file
        between: set[str] = set()  # those that began after the last paragraph
        carried: list[Run] = []  # the words of a paragraph whose end is taken out
        for element in body.iter(f"{W}p", f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            inside = next(element.iterancestors(f"{W}p"), None) is not None
            key = str(element.get(f"{W}id"))
            if element.tag == f"{W}p":
                if next(element.iterancestors(_FALLBACK), None) is not None:
                    continue
                paragraph = self._paragraph(element, carried)
                paragraph.begins, between = paragraph.begins | between, set()
                paragraph.covers |= set(opened.values()) | paragraph.begins
                carried = paragraph.runs if ends_deleted(element) else []
                if carried:
                    between = paragraph.begins
                    continue
                paragraphs.append(paragraph)
                if len(paragraphs) > MAX_PARAGRAPHS:
                    raise ValueError("more paragraphs than any summary has")
            elif element.tag == f"{W}bookmarkStart":
                opened[key] = str(element.get(f"{W}name"))
                if not inside:
                    between.add(opened[key])
            else:
                ended = opened.pop(key, None)
                if ended and inside and paragraphs and _before_any_run(element):
                    # It ends where this paragraph begins: nothing of it is covered.
                    paragraphs[-1].covers -= {ended} - paragraphs[-1].begins
        return [*paragraphs, _Paragraph(carried)] if carried else paragraphs

    def _paragraph(self, element: etree._Element, carried: list[Run]) -> _Paragraph:
        style = element.find(f"{W}pPr/{W}pStyle")
        paragraph = _Paragraph([*carried, *runs_of(element, self._looks)])
        paragraph.begins = {
            str(x.get(f"{W}name"))
            for x in element.iter(f"{W}bookmarkStart")
            if next(x.iterancestors(f"{W}p")) is element
        }
        paragraph.covers = set(paragraph.begins)
        paragraph.heading = style is not None and style.get(f"{W}val") in self._headings
        paragraph.apart = next(element.iterancestors(f"{W}tbl", _BOX), None) is not None
        return paragraph


def _before_any_run(element: etree._Element) -> bool:
    return all(before.find(f".//{W}t") is None for before in element.itersiblings(preceding=True))
