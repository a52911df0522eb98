"""Word: what a person who navigates by headings, or listens, needs of the file."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document as WordDocument
from lxml import etree

from unit.documents.evenings import AT, ENGLISH, full_evening, plain_evening
from verkstad.documents import Format, View, render

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(full_evening(), Format.DOCX, View.FULL, ENGLISH)


@pytest.fixture(scope="module")
def document(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def test_headings_are_headings(document: WordDocument) -> None:
    styles = [p.style.name for p in document.paragraphs if p.style and (p.style.name or "").startswith("Heading")]
    assert styles[0] == "Heading 1"
    assert set(styles) == {"Heading 1", "Heading 2", "Heading 3", "Heading 4"}


def test_title_language_and_time_are_told(document: WordDocument, content: bytes) -> None:
    assert document.core_properties.title == "An evening of dialogue"
    assert document.core_properties.language == "sv-SE"
    assert document.core_properties.created == AT
    languages = {e.get(f"{_W}val") for e in part(content, "word/styles.xml").iter(f"{_W}lang")}
    assert languages == {"sv-SE"}


def test_an_english_evening_is_in_english_throughout() -> None:
    content = render(plain_evening(["a"], language="en"), Format.DOCX, View.FULL, ENGLISH)
    assert {e.get(f"{_W}val") for e in part(content, "word/styles.xml").iter(f"{_W}lang")} == {"en-GB"}


def test_every_style_in_use_is_one_of_ours(content: bytes) -> None:
    ours = {s.get(f"{_W}styleId") for s in part(content, "word/styles.xml").iter(f"{_W}style")}
    body = part(content, "word/document.xml")
    used = {e.get(f"{_W}val") for name in ("pStyle", "rStyle", "tblStyle") for e in body.iter(_W + name)}
    assert used <= ours
    assert "ListBullet" in used


def test_lists_are_lists_and_items_stay_on_one_page(content: bytes) -> None:
    styles = {s.get(f"{_W}styleId"): s for s in part(content, "word/styles.xml").iter(f"{_W}style")}
    assert styles["ListBullet"].find(f"{_W}pPr/{_W}keepLines") is not None
    numbered = [p for p in part(content, "word/document.xml").iter(f"{_W}p") if p.find(f".//{_W}numPr") is not None]
    assert numbered
    known = {n.get(f"{_W}numId") for n in part(content, "word/numbering.xml").iter(f"{_W}num")}
    assert {e.get(f"{_W}val") for p in numbered for e in p.iter(f"{_W}numId")} <= known


def test_tables_repeat_their_header_and_keep_rows_whole(content: bytes) -> None:
    tables = list(part(content, "word/document.xml").iter(f"{_W}tbl"))
    assert len(tables) == 4
    for table in tables:
        rows = table.findall(f"{_W}tr")
        assert rows[0].find(f"{_W}trPr/{_W}tblHeader") is not None
        assert all(row.find(f"{_W}trPr/{_W}cantSplit") is not None for row in rows)


def test_what_comes_after_the_easy_text_begins_a_page() -> None:
    document = docx.Document(io.BytesIO(render(full_evening(), Format.DOCX, View.EASY, ENGLISH)))
    begins = [p.text for p in document.paragraphs if p._p.find(f"{_W}pPr/{_W}pageBreakBefore") is not None]
    assert begins == ["Appendix: every note"]
    assert "-" not in [p.text for p in document.paragraphs]


def test_sources_lead_to_bookmarks_that_exist(content: bytes) -> None:
    body = part(content, "word/document.xml")
    bookmarks = {b.get(f"{_W}name") for b in body.iter(f"{_W}bookmarkStart")}
    targets = {link.get(f"{_W}anchor") for link in body.iter(f"{_W}hyperlink")}
    assert {"G1-1", "group-1"} <= targets <= bookmarks


def test_what_is_written_from_right_to_left_is_set_so() -> None:
    content = render(plain_evening(["مرحبا", "hej"]), Format.DOCX, View.GROUPS, ENGLISH)
    body = part(content, "word/document.xml")
    turned = ["".join(map(str, p.itertext())) for p in body.iter(f"{_W}p") if p.find(f"{_W}pPr/{_W}bidi") is not None]
    assert [text.strip() for text in turned] == ["مرحبا"]


def test_the_title_and_the_page_stand_at_the_foot(content: bytes) -> None:
    foot = part(content, "word/footer1.xml")
    assert next(foot.iter(f"{_W}t")).text == "An evening of dialogue"
    assert part(content, "word/document.xml").find(f".//{_W}sectPr/{_W}footerReference") is not None
