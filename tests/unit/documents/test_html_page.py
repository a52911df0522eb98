"""The web page: whole, quiet, and understood by whatever reads it."""

from __future__ import annotations

import re

import lxml.html
import pytest

from unit.documents.evenings import ENGLISH, full_evening, hostile_evening, plain_evening
from verkstad.documents import Format, View, render


@pytest.fixture(scope="module")
def source() -> str:
    return render(full_evening(), Format.HTML, View.FULL, ENGLISH).decode()


def test_the_page_is_whole_and_says_its_language_and_title(source: str) -> None:
    page = lxml.html.document_fromstring(source)
    assert source.startswith("<!DOCTYPE html>")
    assert page.get("lang") == "sv"
    assert page.findtext(".//title") == "An evening of dialogue"
    assert len(page.findall(".//main")) == len(page.findall(".//h1")) == 1
    assert page.xpath("//meta[@charset='utf-8']")


def every(page: lxml.html.HtmlElement, attribute: str) -> list[str]:
    return [str(element.get(attribute)) for element in page.iter() if element.get(attribute)]


def test_nothing_is_asked_for_and_nothing_runs(source: str) -> None:
    for page in (source, *(render(hostile_evening(), Format.HTML, view, ENGLISH).decode() for view in View)):
        tree = lxml.html.document_fromstring(page)
        assert not tree.xpath("//script | //link | //img | //iframe | //object | //@src | //@style | //base | //form")
        assert not tree.xpath("//@*[starts-with(name(), 'on')]")
        assert "url(" not in page.split("<body", maxsplit=1)[0]
        assert all(href.startswith("#") for href in every(tree, "href"))


def test_every_link_has_its_place_on_the_page(source: str) -> None:
    page = lxml.html.document_fromstring(source)
    ids = every(page, "id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in every(page, "href")} <= set(ids)


def test_tables_have_captions_and_headings_both_ways(source: str) -> None:
    for table in lxml.html.document_fromstring(source).iter("table"):
        assert table.findtext("caption")
        assert len(table.findall("thead/tr/th")) > 1
        assert all(len(row.findall("th")) == 1 for row in table.findall("tbody/tr"))


def test_what_people_wrote_keeps_its_own_direction(source: str) -> None:
    assert re.search(r"<li>.*<bdi>Thought number 0 of the evening</bdi></li>", source)


def test_the_title_cannot_end_its_element() -> None:
    source = render(plain_evening(["a"], title="</title><script>x</script>"), Format.HTML, View.GROUPS, ENGLISH)
    assert b"<script>" not in source
    assert lxml.html.document_fromstring(source.decode()).findtext(".//title") == "</title><script>x</script>"
