"""The page where a Word file of the summary comes back."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from desks import Desk, Page
from integration.test_manuscripts import LINES, Work, at_work, rewrite, summary
from sorting import make_sorted
from verkstad.domain.roles import Role
from verkstad.extensions import db
from verkstad.services.memberships import share
from verkstad.storage import Workshop
from verkstad.web.workshops.manuscript import marked
from word_files import type_in, worked_in, write_after


@pytest.fixture
def evening(app: Flask, anna: Desk) -> Workshop:
    with app.app_context():
        workshop = make_sorted(db.session(), lines=LINES)
        share(db.session(), workshop.id, anna.email, Role.FACILITATOR)
        return workshop


def upload(who: Desk, workshop: Workshop, docx: bytes) -> Page:
    return who.post(f"/workshops/{workshop.id}/manuscript", file=(io.BytesIO(docx), "summary.docx"))


def fetched_by(who: Desk, workshop: Workshop, work: Work) -> bytes:
    return worked_in(who.client.get(f"/workshops/{workshop.id}/export?as=docx&view=full").data, work)


def fields(page: Page) -> dict[str, list[str]]:
    """What the page's form holds, without its buttons."""
    found: dict[str, list[str]] = {}
    for field in page.root.xpath("//main//form//input[@name]"):
        found.setdefault(field.get("name"), []).append(field.get("value"))
    return found


def press(who: Desk, page: Page, button: str, place: int = 0) -> Page:
    pressed = [b for b in page.root.xpath("//main//button[@name]") if b.text_content().startswith(button)][place]
    return who.post(
        page.root.xpath("//main//form/@action")[0], **fields(page), **{pressed.get("name"): pressed.get("value")}
    )


def test_the_page_takes_in_and_leaves_one_at_a_time_and_then_all(anna: Desk, evening: Workshop) -> None:
    page = anna.get(f"/workshops/{evening.id}")
    assert page.links()["Compare with a Word file"] == f"/workshops/{evening.id}/manuscript"
    page = upload(anna, evening, fetched_by(anna, evening, at_work))
    assert "5 differences are left to decide" in page.words
    assert [x.text_content() for x in page.root.iter("ins")]
    page = press(anna, page, "Leave", -1)
    assert "4 differences are left" in page.words
    page = press(anna, page, "Take in", 1)
    assert "Taken in: 1." in page.words
    page = press(anna, page, "Take in all")
    assert "Nothing is left to decide." in page.words
    with anna.app.app_context():
        texts = [text for _, text in summary(db.session(), evening)]
    assert "Buses or cars" in texts
    assert {"Meet once a week", "Meet at the library", "Meet in the park"} <= set(texts)


def test_the_page_never_takes_all_over_what_somebody_changed(anna: Desk, evening: Workshop) -> None:
    docx = fetched_by(anna, evening, at_work)
    with anna.app.app_context():
        rewrite(db.session(), evening, "two", "Meet every month")
    page = press(anna, upload(anna, evening, docx), "Take in all")
    assert "Somebody has changed the line since you fetched the file" in page.words
    for text in ("Meet more often", "Meet every month", "Meet once a week"):
        assert text in page.words
    assert "Taken in: 1." in press(anna, page, "Take in").words


def test_the_page_tells_what_has_no_place(anna: Desk, evening: Workshop) -> None:
    docx = fetched_by(anna, evening, lambda root: write_after(root, "Så gick det till", "I gamla skolan"))
    page = upload(anna, evening, docx)
    assert "What could not be placed" in page.words
    assert "I gamla skolan" in page.words
    assert "Nothing is left to decide." in page.words


def test_words_of_the_file_are_no_markup_on_the_page(anna: Desk, evening: Workshop) -> None:
    docx = fetched_by(anna, evening, lambda root: type_in(root, "more often", "<script>alert(1)</script>"))
    page = upload(anna, evening, docx)
    assert "<script>alert(1)</script>" in page.words
    assert not page.root.xpath("//main//script")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"just text"])
def test_the_page_says_what_is_wrong_with_a_file(anna: Desk, evening: Workshop, content: bytes) -> None:
    page = upload(anna, evening, content)
    assert page.status == 200
    assert "file" in page.faults()["file"]


def test_who_does_not_write_the_summary_has_no_such_page(app: Flask, evening: Workshop) -> None:
    berit = Desk(app, "berit")
    with app.app_context():
        share(db.session(), evening.id, berit.email, Role.THEME_TEAM)
    assert berit.get(f"/workshops/{evening.id}/manuscript").status == 403


@pytest.mark.parametrize("sent", ["", "{}", "[1]", '{"of": 1}', "\x00"])
def test_a_page_that_was_not_ours_is_refused(anna: Desk, evening: Workshop, sent: str) -> None:
    assert anna.post(f"/workshops/{evening.id}/manuscript/differences", manuscript=sent).status == 400


def test_what_differs_is_marked_word_by_word() -> None:
    before, after = marked("Two old words", "Two new words")
    assert before == [("Two ", False), ("old", True), (" words", False)]
    assert after == [("Two ", False), ("new", True), (" words", False)]
