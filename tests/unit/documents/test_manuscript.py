"""The summary as a Word file that comes back: what is read of what was done in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from unit.documents.evenings import ENGLISH, full_evening, hostile_evening
from verkstad.documents import Format, View, render
from verkstad.documents.archive import edited, parsed
from verkstad.documents.docx_reading import read_manuscript
from verkstad.documents.docx_words import W
from verkstad.documents.manuscript import Manuscript, Piece, fingerprint
from verkstad.documents.wording import Run, as_read, marked_up
from verkstad.domain.errors import Invalid
from verkstad.domain.workshop_file import FileLine, WorkshopFile
from word_files import new_paragraph, paragraph, take_out, type_in, worked_in, write_after

LINES = (
    FileLine("a", "intro", "The evening was **good**"),
    FileLine("b", "theme:t2", "Two of us want *more* light", ("n1", "n7")),
    FileLine("c", "theme:t2", "And fewer cars", ("n7",)),
    FileLine("d", "voices", "One alone", ("n0",)),
)


def written_evening() -> WorkshopFile:
    return msgspec.structs.replace(full_evening(), lines=LINES, code="BCDFGH")


def fetched(view: View = View.FULL) -> bytes:
    return render(written_evening(), Format.DOCX, view, ENGLISH)


def read(docx: bytes) -> Manuscript:
    numbers = count(1)
    return read_manuscript(docx, lambda: f"new{next(numbers)}")


def changed(manuscript: Manuscript) -> dict[str, str]:
    """The lines that say another thing than they did, and what."""
    said = {line.id: line.said for line in manuscript.fetched}
    return {p.line: p.text for p in manuscript.pieces if p.line in said and fingerprint(p.text) != said[p.line]}


def added(manuscript: Manuscript) -> list[Piece]:
    return [piece for piece in manuscript.pieces if piece.line.startswith("new")]


@pytest.mark.parametrize("view", [View.FULL, View.THEMES, View.QUESTIONS, View.GROUPS])
def test_a_file_that_nobody_touched_says_what_it_said(view: View) -> None:
    manuscript = read(fetched(view))
    assert manuscript.fetched
    assert [piece.line for piece in manuscript.pieces] == [line.id for line in manuscript.fetched]
    assert not changed(manuscript)
    assert not manuscript.unplaced
    assert not manuscript.remarks
    assert manuscript.of == read(fetched()).of


def test_each_line_is_found_where_it_stands_with_its_words() -> None:
    pieces = {piece.line: (piece.section, piece.text) for piece in read(fetched()).pieces}
    assert pieces == {line.id: (line.section, line.text) for line in LINES}


def test_hostile_texts_come_back_as_they_were() -> None:
    evening = hostile_evening()
    manuscript = read(render(evening, Format.DOCX, View.FULL, ENGLISH))
    texts = {line.id: as_read(line.text) for line in evening.lines if line.text.strip()}
    assert {piece.line: piece.text for piece in manuscript.pieces} == texts
    assert not changed(manuscript)
    assert not manuscript.unplaced


def test_a_file_that_libreoffice_has_saved_says_what_it_said() -> None:
    """`fetched(View.THEMES)`, opened and saved by LibreOffice 7.4."""
    manuscript = read((Path(__file__).parent / "saved_by_libreoffice.docx").read_bytes())
    pieces = {piece.line: (piece.section, piece.text) for piece in manuscript.pieces}
    assert pieces == {line.id: (line.section, line.text) for line in LINES}
    assert not manuscript.unplaced


def test_escapes_that_a_program_puts_before_what_looks_like_one_are_taken_off() -> None:
    docx = worked_in(fetched(), lambda root: type_in(root, "And fewer cars", "_x005F_x0041_ _x005F_"))
    assert changed(read(docx)) == {"c": "_x0041_ _x005F_"}


def test_nothing_that_was_said_stays_in_the_file_beside_its_text() -> None:
    docx = zipfile.ZipFile(io.BytesIO(fetched()))
    for name in docx.namelist():
        if name != "word/document.xml":
            assert b"fewer" not in docx.read(name)
    hidden = [x for x in parsed(docx.read("word/document.xml")).iter(f"{W}bookmarkStart") if "v" in str(x.attrib)]
    assert all(str(x.get(f"{W}name")).startswith(("_vl", "_vs", "G")) for x in hidden if x.get(f"{W}name") != "group")


def test_files_in_which_no_line_can_stand_have_no_marks() -> None:
    docx = zipfile.ZipFile(io.BytesIO(fetched(View.EASY)))
    assert not [name for name in docx.namelist() if name.startswith("customXml")]


def test_changed_words_are_found_without_the_marks_of_sources() -> None:
    docx = worked_in(fetched(), lambda root: type_in(root, "And fewer cars", "And far fewer cars"))
    assert changed(read(docx)) == {"c": "And far fewer cars"}


def test_words_typed_after_the_sources_belong_to_the_line() -> None:
    def work(root: etree._Element) -> None:
        paragraph(root, "fewer cars").append(new_paragraph(" in town.")[0])

    assert changed(read(worked_in(fetched(), work))) == {"c": "And fewer cars in town."}


def test_what_is_made_strong_is_strong() -> None:
    def work(root: etree._Element) -> None:
        run = next(r for r in paragraph(root, "fewer cars").iter(f"{W}r"))
        run.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:b/><w:i w:val="0"/></w:rPr>'))

    assert changed(read(worked_in(fetched(), work))) == {"c": "**And fewer cars**"}


def test_a_new_paragraph_stands_in_the_section_that_it_was_written_in() -> None:
    docx = worked_in(fetched(), lambda root: write_after(root, "more", "A new thought"))
    manuscript = read(docx)
    assert added(manuscript) == [Piece("new1", "A new thought", "theme:t2")]
    order = [piece.line for piece in manuscript.pieces]
    assert order.index("new1") == order.index("b") + 1
    assert not changed(manuscript)


def test_words_where_no_line_can_stand_are_told() -> None:
    def work(root: etree._Element) -> None:
        write_after(root, "How it was done", "By hand & foot".replace("&", "and"))
        type_in(root, "Thought number 6", "Thought number six")

    manuscript = read(worked_in(fetched(), work))
    assert "By hand and foot" in manuscript.unplaced
    assert any("Thought number six" in words for words in manuscript.unplaced)
    assert not added(manuscript)


def test_a_line_that_is_taken_out_is_gone() -> None:
    docx = worked_in(fetched(), lambda root: take_out(root, "fewer cars"))
    assert "c" not in {piece.line for piece in read(docx).pieces}


def test_a_line_that_is_moved_is_the_same_line() -> None:
    manuscript = read(
        worked_in(fetched(), lambda root: paragraph(root, "was good").addnext(paragraph(root, "fewer cars")))
    )
    assert [(p.line, p.section) for p in manuscript.pieces][:2] == [("a", "intro"), ("c", "intro")]
    assert not changed(manuscript)


def test_a_line_without_its_mark_is_known_by_its_words() -> None:
    def work(root: etree._Element) -> None:
        etree.strip_elements(paragraph(root, "fewer cars"), f"{W}bookmarkStart", f"{W}bookmarkEnd")

    manuscript = read(worked_in(fetched(), work))
    assert not added(manuscript)
    assert [piece.line for piece in manuscript.pieces] == ["a", "b", "c", "d"]


def test_a_line_that_is_parted_in_two_stays_where_its_words_are() -> None:
    """Word lets the mark begin in what is written before a line, and end in the next one."""

    def work(root: etree._Element) -> None:
        line = paragraph(root, "fewer cars")
        first = new_paragraph("Before all")
        first.insert(0, next(line.iter(f"{W}bookmarkStart")))
        line.addprevious(first)
        following = line.getnext()
        assert following is not None
        following.insert(1, next(line.iter(f"{W}bookmarkEnd")))

    manuscript = read(worked_in(fetched(), work))
    assert added(manuscript) == [Piece("new1", "Before all", "theme:t2")]
    assert not changed(manuscript)


def test_tracked_changes_count_as_accepted_and_comments_are_told_of() -> None:
    def work(root: etree._Element) -> None:
        line = paragraph(root, "fewer cars")
        run = next(line.iter(f"{W}r"))
        taken = etree.Element(f"{W}del")
        run.addprevious(taken)
        taken.append(run)
        for text in run.iter(f"{W}t"):
            text.tag = f"{W}delText"
        put = etree.Element(f"{W}ins")
        put.append(new_paragraph("And more trees ")[0])
        taken.addnext(put)
        line.append(etree.fromstring(f'<w:r xmlns:w="{W[1:-1]}"><w:commentReference w:id="1"/></w:r>'))

    manuscript = read(worked_in(fetched(), work))
    assert changed(manuscript) == {"c": "And more trees"}
    assert manuscript.remarks


def test_a_paragraph_whose_end_is_taken_out_goes_on_in_the_next() -> None:
    def work(root: etree._Element) -> None:
        properties = paragraph(root, "more").find(f"{W}pPr")
        assert properties is not None
        etree.SubElement(etree.SubElement(properties, f"{W}rPr"), f"{W}del")

    manuscript = read(worked_in(fetched(), work))
    assert changed(manuscript) == {"b": "Two of us want *more* lightAnd fewer cars"}
    assert "c" not in {piece.line for piece in manuscript.pieces}


def test_text_boxes_and_tables_are_no_lines() -> None:
    def work(root: etree._Element) -> None:
        line = paragraph(root, "fewer cars")
        for wrap in ("tbl", "tr", "tc"):
            line.addnext(table := etree.Element(f"{W}{wrap}"))
            table.append(new_paragraph(f"In a {wrap}"))

    manuscript = read(worked_in(fetched(), work))
    assert "In a tbl" in manuscript.unplaced
    assert "In a tbl" not in [piece.text for piece in manuscript.pieces]


def _without(docx: bytes, part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return out.getvalue()


def _with_entities(docx: bytes) -> bytes:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    return edited(docx, {"word/document.xml": lambda _: bomb})


def _that_unpacks_to_too_much(docx: bytes) -> bytes:
    out = io.BytesIO(docx)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("customXml/item9.xml", b" " * 100_000_001)
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _: b"", "broken_document"),
        (lambda _: b"PK\x03\x04 not a package", "broken_document"),
        (lambda docx: docx[: len(docx) // 2], "broken_document"),
        (lambda docx: _without(docx, "word/document.xml"), "broken_document"),
        (lambda docx: _without(docx, "_rels/.rels"), "broken_document"),
        (lambda docx: _without(docx, "customXml/item1.xml"), "not_ours"),
        (lambda docx: edited(docx, {"customXml/item1.xml": lambda _: b"<other/>"}), "not_ours"),
        (lambda docx: edited(docx, {"word/document.xml": lambda xml: xml[:-40]}), "broken_document"),
        (_with_entities, "broken_document"),
        (_that_unpacks_to_too_much, "broken_document"),
    ],
)
def test_what_cannot_be_read_is_refused(spoil: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(spoil(fetched()))
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([Run("One "), Run("two", strong=True)], "One **two**"),
        ([Run("One "), Run("two ", strong=True), Run("three")], "One **two** three"),
        ([Run("a", strong=True), Run(" b", strong=True, emphasis=True)], "**a *b***"),
        ([Run("a ", emphasis=True), Run("b", strong=True, emphasis=True), Run(" c", emphasis=True)], "*a **b** c*"),
        ([Run("half"), Run("(way)", strong=True), Run("in")], "half(way)in"),
        ([Run("  ", strong=True), Run("x [G1·4, G12·30] y")], "x y"),
    ],
)
def test_runs_are_written_as_lines_are(runs: list[Run], text: str) -> None:
    assert marked_up(runs) == text
    assert as_read(text) == text
