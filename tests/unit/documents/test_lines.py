"""Lines of the summary in documents: in their sections, before what they build on, with marks that lead to it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise

import lxml.html
import msgspec
import openpyxl
import pypdf
import pytest
from msgspec.structs import replace

from reading import squeezed
from unit.documents.evenings import AT, ENGLISH, HOSTILE, plain_evening
from unit.documents.test_documents import everything_in
from verkstad.documents import Format, View, render
from verkstad.documents.bidi import is_rtl
from verkstad.documents.compilation import compile_document
from verkstad.documents.emphasis import shown
from verkstad.documents.tree import BulletList, Heading, Inline, Inlines, Mark, Paragraph, Styled, Table
from verkstad.domain.line import INTRODUCTION
from verkstad.domain.summary import Summary
from verkstad.domain.workshop_file import FileHidden, FileLine, FileNote, FileTheme, WorkshopFile

VIEWS = [View.GROUPS, View.QUESTIONS, View.THEMES, View.FULL]
LINES = (
    FileLine("l1", "intro", "Intro line", ("n1", "n5")),
    FileLine("l2", "theme:t1", "A **strong** line", ("n2",)),
    FileLine("l3", "theme:t2", "Voice's own line", ("n1",)),
    FileLine("l4", "question:q1", "Question line", ("n3",)),
    FileLine("l5", "group:2", "Group line", ("n1",)),
    FileLine("l6", "tensions", "Tension line"),
    FileLine("l7", "answers", "Answer line", ("n4",)),
    FileLine("l8", "voices", "Voices line", ("n1",)),
    FileLine("l9", "theme:gone", "Stray line", ("n2", "secret")),
    FileLine("l10", "intro", "  \n "),
)


def evening() -> WorkshopFile:
    """Six notes over three groups and two questions, two themes, a hidden note, and a line in every section."""
    given = plain_evening([f"Thought {i}" for i in range(6)])
    themes = (FileTheme("t1", "Several", ("n2", "n3")), FileTheme("t2", "Single", ("n1",)))
    hidden = FileNote("secret", 1, "SECRET", "q1", hidden=FileHidden("names", "", AT))
    return replace(given, notes=(*given.notes, hidden), themes=themes, lines=LINES)


def inlines_of(view: View, told: WorkshopFile) -> Iterator[Inline]:
    for block in compile_document(told, view, ENGLISH).blocks:
        match block:
            case Heading(inlines=inlines) | Paragraph(inlines):
                yield from inlines
            case BulletList(items):
                yield from (inline for item in items for inline in item)
            case Table(_, header, rows):
                yield from (inline for row in (header, *rows) for cell in row for inline in cell)


def words(inlines: Inlines) -> str:
    return "".join(
        words(i.inlines) if isinstance(i, Styled) else i.mark if isinstance(i, Mark) else i.text for i in inlines
    )


def told_in(view: View, told: WorkshopFile) -> list[tuple[str, str]]:
    """Each paragraph that is a line of the summary, under the heading that it stands under."""
    heading, found = "", []
    for block in compile_document(told, view, ENGLISH).blocks:
        if isinstance(block, Heading):
            heading = words(block.inlines)
        elif isinstance(block, Paragraph) and re.search(r"\bline\b", words(block.inlines)):
            found.append((heading, words(block.inlines)))
    return found


INTRODUCED = [("An evening of dialogue", "Intro line [G2·1, G3·2]"), ("An evening of dialogue", "Stray line [G3·1]")]


@pytest.mark.parametrize(
    ("view", "told"),
    [
        (View.GROUPS, [("Group 2", "Group line [G2·1]")]),
        (View.QUESTIONS, [("What works?", "Question line [G1·2]")]),
        (
            View.THEMES,
            [
                ("Several", "A strong line [G3·1]"),
                ("Tensions", "Tension line"),
                ("Single voices", "Voices line [G2·1]"),
                ("Single", "Voice's own line [G2·1]"),
            ],
        ),
        (
            View.FULL,
            [
                ("Group 2", "Group line [G2·1]"),
                ("Question 1: What works?", "Question line [G1·2]"),
                ("Several", "A strong line [G3·1]"),
                ("Tensions", "Tension line"),
                ("Questions that need an answer", "Answer line [G2·2]"),
                ("Single voices", "Voices line [G2·1]"),
                ("Single", "Voice's own line [G2·1]"),
            ],
        ),
    ],
)
def test_a_line_stands_in_its_section_and_one_that_has_none_last_in_the_introduction(
    view: View, told: list[tuple[str, str]]
) -> None:
    assert told_in(view, evening()) == [*INTRODUCED, *told]


@pytest.mark.parametrize("view", [View.THEMES, View.FULL])
@pytest.mark.parametrize("alone", [True, False])
def test_a_line_of_a_theme_without_notes_stands_under_its_name(view: View, alone: bool) -> None:
    empty = FileTheme("t3", "Empty")
    told = evening()
    told = replace(
        told,
        themes=(empty, FileTheme("t4", "Bare")) if alone else (*told.themes, empty),
        lines=(*told.lines, FileLine("l11", "theme:t3", "Empty line", ("secret",))),
    )
    assert ("Empty", "Empty line") in told_in(view, told)
    levels = [b.level for b in compile_document(told, view, ENGLISH).blocks if isinstance(b, Heading)]
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


@pytest.mark.parametrize("view", VIEWS)
def test_every_mark_leads_to_one_place(view: View) -> None:
    marks = [i for i in inlines_of(view, evening()) if isinstance(i, Mark)]
    anchors = [mark.anchor for mark in marks if mark.anchor]
    targets = {mark.target for mark in marks if mark.target}
    assert targets
    assert len(set(anchors)) == len(anchors) == len(evening().notes) - 1
    assert targets <= set(anchors)


@pytest.mark.parametrize("view", VIEWS)
def test_in_every_format_too(view: View) -> None:
    page = lxml.html.document_fromstring(render(evening(), Format.HTML, view, ENGLISH).decode())
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert {link.get("href", "")[1:] for link in page.iter("a")} <= set(ids)
    for fmt, name, place, link in (
        (
            Format.DOCX,
            "word/document.xml",
            r'<w:bookmarkStart [^>]*w:name="([^"]+)"',
            r'<w:hyperlink w:anchor="([^"]+)"',
        ),
        (Format.ODT, "content.xml", r'<text:bookmark-start text:name="([^"]+)"', r'xlink:href="#([^"]+)"'),
    ):
        with zipfile.ZipFile(io.BytesIO(render(evening(), fmt, view, ENGLISH))) as archive:
            xml = archive.read(name).decode()
        assert {"G2-1", "G3-1"} <= set(re.findall(link, xml)) <= set(re.findall(place, xml))
    markdown = render(evening(), Format.MD, view, ENGLISH).decode()
    assert (
        {"G2-1", "G3-1"} <= set(re.findall(r"\]\(#([^)]+)\)", markdown)) <= set(re.findall(r'id="([^"]+)"', markdown))
    )
    pdf = pypdf.PdfReader(io.BytesIO(render(evening(), Format.PDF, view, ENGLISH)))
    links = [a.get_object() for sheet in pdf.pages for a in sheet.get("/Annots", [])]
    assert links
    assert all("/Dest" in link or link["/A"]["/S"] == "/GoTo" for link in links)


def test_a_source_that_has_gone_is_no_source() -> None:
    summary = Summary(evening())
    [line] = [line for line in summary.evening.lines if line.id == "l9"]
    assert [n.mark for n in summary.sources(line)] == ["G3·1"]


def test_only_the_lines_of_a_theme_that_has_gone_are_in_the_introduction() -> None:
    told = replace(evening(), themes=(FileTheme("t1", "Empty"),))
    stray = [text for heading, text in told_in(View.FULL, told) if heading == "An evening of dialogue"]
    assert stray == ["Intro line [G2·1, G3·2]", "Voice's own line [G2·1]", "Stray line [G3·1]"]
    assert ("Empty", "A strong line [G3·1]") in told_in(View.FULL, told)


@pytest.mark.parametrize("view", VIEWS)
def test_lines_that_are_not_written_yet_are_not_told(view: View) -> None:
    blank = replace(evening(), lines=LINES[-1:])
    assert told_in(view, blank) == []
    texts = [words((inline,)) for inline in inlines_of(view, blank)]
    assert texts == [words((inline,)) for inline in inlines_of(view, replace(blank, lines=()))]


def test_a_workbook_has_them_in_a_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(evening(), Format.XLSX, View.FULL, ENGLISH)))
    header, *rows = book["Summary"].values
    assert header == ("Section", "Text", "Sources")
    assert rows[0] == ("Introduction", "Intro line", "G2·1, G3·2")
    assert ("Several", "A strong line", "G3·1") in rows
    assert len(rows) == len(LINES) - 1


def test_strong_words_are_strong_in_every_format() -> None:
    told = replace(evening(), lines=(FileLine("l1", "intro", "A **strong** and *emphasised* word."),))
    html = render(told, Format.HTML, View.FULL, ENGLISH).decode()
    assert "<strong><bdi>strong</bdi></strong>" in html
    assert "<em><bdi>emphasised</bdi></em>" in html
    assert "A **strong** and *emphasised* word." in render(told, Format.MD, View.FULL, ENGLISH).decode()
    with zipfile.ZipFile(io.BytesIO(render(told, Format.DOCX, View.FULL, ENGLISH))) as archive:
        runs = re.findall(r"<w:r>.*?</w:r>", archive.read("word/document.xml").decode(), re.DOTALL)
    assert any("<w:b/>" in run and ">strong<" in run for run in runs)
    assert any("<w:i/>" in run and ">emphasised<" in run for run in runs)
    fonts = {
        str(font["/BaseFont"])
        for sheet in pypdf.PdfReader(io.BytesIO(render(told, Format.PDF, View.FULL, ENGLISH))).pages
        for font in (each.get_object() for each in sheet["/Resources"]["/Font"].values())  # type: ignore[index]
    }
    assert any("Italic" in font for font in fonts)


ALL_HOSTILE = replace(evening(), lines=tuple(FileLine(f"h{i}", INTRODUCTION, text) for i, text in enumerate(HOSTILE)))


@pytest.mark.parametrize("fmt", [Format.DOCX, Format.ODT, Format.HTML, Format.MD, Format.PDF, Format.XLSX])
def test_hostile_lines_are_shown_as_they_were_typed(fmt: Format) -> None:
    text = everything_in(fmt, render(ALL_HOSTILE, fmt, View.FULL, ENGLISH))
    # What has a direction of its own comes out of a PDF in another order.
    readable = [line for line in HOSTILE if fmt is not Format.PDF or (line.isprintable() and not is_rtl(line))]
    assert [line for line in readable if squeezed(shown(line)) not in text] == []


def test_hostile_lines_come_back_from_a_file_as_they_were() -> None:
    kept = msgspec.json.decode(render(ALL_HOSTILE, Format.JSON, View.FULL, ENGLISH))
    assert [line["text"] for line in kept["lines"]] == list(HOSTILE)


def test_nothing_in_hostile_lines_comes_alive_on_a_page() -> None:
    page = lxml.html.document_fromstring(render(ALL_HOSTILE, Format.HTML, View.FULL, ENGLISH).decode())
    assert all(link.get("href", "").startswith("#") for link in page.iter("a"))
    assert not list(page.iter("script", "iframe"))
