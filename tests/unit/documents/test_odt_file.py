"""OpenDocument: real headings, lists and tables, under styles of our own."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from reading import odt_text
from unit.documents.evenings import ENGLISH, full_evening, plain_evening
from verkstad.documents import Format, View, render
from verkstad.domain.workshop_file import FileGroup

NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def name(prefixed: str) -> str:
    prefix, local = prefixed.split(":")
    return f"{{{NS[prefix]}}}{local}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(full_evening(), Format.ODT, View.FULL, ENGLISH)


def part(content: bytes, which: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(which))


def test_the_media_type_comes_first_and_unpacked(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_headings_are_headings(content: bytes) -> None:
    headings = list(part(content, "content.xml").iter(name("text:h")))
    assert odt_text(headings[0]) == "An evening of dialogue"
    assert {h.get(name("text:outline-level")) for h in headings} == {"1", "2", "3", "4"}


def test_every_style_in_use_exists(content: bytes) -> None:
    body, styles = part(content, "content.xml"), part(content, "styles.xml")
    known = {s.get(name("style:name")) for root in (body, styles) for s in root.iter() if s.get(name("style:name"))}
    attributes = (name("text:style-name"), name("table:style-name"))
    used = {e.get(a) for e in body.iterfind(".//office:text//*", NS) for a in attributes} - {None}
    assert used <= known
    assert {"List_20_Bullet", "Bullets", "Opening", "OurTable", "CellTotal"} <= used


def test_what_comes_after_the_easy_text_begins_a_page() -> None:
    body = part(render(full_evening(), Format.ODT, View.EASY, ENGLISH), "content.xml")
    begins = [h for h in body.iter(name("text:h")) if h.get(name("text:style-name")) == "NewPage"]
    assert [odt_text(h) for h in begins] == ["Appendix: every note"]


def test_title_and_language_are_told(content: bytes) -> None:
    assert part(content, "meta.xml").findtext(".//dc:title", namespaces=NS) == "An evening of dialogue"
    default = part(content, "styles.xml").find(".//style:default-style/style:text-properties", NS)
    assert default is not None
    assert (default.get(name("fo:language")), default.get(name("fo:country"))) == ("sv", "SE")


def test_notes_are_kept_together(content: bytes) -> None:
    style = part(content, "styles.xml").find(
        ".//style:style[@style:name='List_20_Bullet']/style:paragraph-properties", NS
    )
    assert style is not None
    assert style.get(name("fo:keep-together")) == "always"


def test_tables_have_header_rows(content: bytes) -> None:
    tables = list(part(content, "content.xml").iter(name("table:table")))
    assert len(tables) == 4
    assert all(table.find("table:table-header-rows/table:table-row", NS) is not None for table in tables)


def test_a_long_table_may_go_on_over_the_page() -> None:
    evening = plain_evening([], groups=tuple(FileGroup(n) for n in range(1, 41)))
    body = part(render(evening, Format.ODT, View.FULL, ENGLISH), "content.xml")
    assert [t.get(name("table:style-name")) for t in body.iter(name("table:table"))] == ["OurLongTable", "OurTable"]


def test_sources_lead_to_bookmarks_that_exist(content: bytes) -> None:
    body = part(content, "content.xml")
    targets = {str(a.get(name("xlink:href"))) for a in body.iter(name("text:a"))}
    bookmarks = {f"#{b.get(name('text:name'))}" for b in body.iter(name("text:bookmark-start"))}
    assert {"#G1-1", "#group-1"} <= targets <= bookmarks


def test_what_is_written_from_right_to_left_is_set_so() -> None:
    body = part(render(plain_evening(["مرحبا", "hej"]), Format.ODT, View.GROUPS, ENGLISH), "content.xml")
    items = [p.get(name("text:style-name")) for p in body.iterfind(".//text:list-item/text:p", NS)]
    assert items == ["List_20_Bullet_20_RTL", "List_20_Bullet"]
