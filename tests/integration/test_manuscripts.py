"""A Word file of the summary that comes back: what differs, what is taken in, and what nothing is done about."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from lxml import etree
from sqlalchemy.orm import Session

from desks import Desk, Page
from factories import desk, make_workshop, mutation, outcomes, send
from sorting import act, log, make_sorted, seen, undo
from verkstad.documents import Format, View
from verkstad.documents.manuscript import Manuscript
from verkstad.domain.errors import Invalid
from verkstad.domain.roles import Role
from verkstad.domain.workshop_file import FileLine
from verkstad.extensions import db
from verkstad.services.exports import export_workshop
from verkstad.services.manuscripts import Difference, Kind, Why, differences, read, take_in
from verkstad.services.memberships import share
from verkstad.services.ports import NullBroadcaster
from verkstad.services.writer import Writer
from verkstad.storage import Workshop
from verkstad.web.workshops.manuscript import marked
from word_files import new_paragraph, paragraph, take_out, type_in, worked_in, write_after

LINES = (
    FileLine("one", "intro", "The evening was **good**", ("a",)),
    FileLine("two", "theme:t1", "Meet more often", ("a", "b"), "t1"),
    FileLine("three", "theme:t1", "Meet indoors", ("b",)),
    FileLine("four", "tensions", "Buses or cars", ("c",)),
)
Work = Callable[[etree._Element], object]


@pytest.fixture
def workshop(session: Session) -> Workshop:
    return make_sorted(session, lines=LINES)


def fetch(session: Session, workshop: Workshop) -> bytes:
    return export_workshop(session, desk(workshop), Format.DOCX, View.FULL).content


def load(session: Session, workshop: Workshop, work: Work, docx: bytes | None = None) -> Manuscript:
    """What comes back after somebody has worked in the file."""
    return read(session, workshop, worked_in(docx or fetch(session, workshop), work))


def found(session: Session, workshop: Workshop, manuscript: Manuscript) -> list[tuple[Kind, str, Why | None]]:
    return [(it.kind, it.line, it.why) for it in differences(session, workshop, manuscript)]


def take(session: Session, workshop: Workshop, manuscript: Manuscript, *them: Difference) -> list[str]:
    """The codes of what was refused, of these differences or of all."""
    keys = {it.key for it in them or differences(session, workshop, manuscript)}
    session.commit()
    writer = Writer(session.get_bind().engine, NullBroadcaster())
    refused = take_in(session, workshop, manuscript, desk(workshop), writer, keys)
    session.expire_all()
    return [error.code for error in refused.values()]


def summary(session: Session, workshop: Workshop) -> list[tuple[str, str]]:
    """The lines that there are, as they stand: section and text."""
    lines = sorted(seen(session, workshop)["lines"], key=lambda line: (line["section"], line["order"]))
    return [(line["section"], line["text"]) for line in lines]


def rewrite(session: Session, workshop: Workshop, line: str, text: str) -> None:
    act(session, desk(workshop), "line.edit", line=line, seen=seen(session, workshop)["revision"], text=text)


def nothing(_: etree._Element) -> None:
    pass


def at_work(root: etree._Element) -> None:
    """Something of everything."""
    type_in(root, "more often", "once a week")
    write_after(root, "once a week", "Meet at the library")
    write_after(root, "Meet at the library", "Meet in the park")
    take_out(root, "Buses or cars")
    paragraph(root, "once a week").addprevious(paragraph(root, "Meet indoors"))


def test_a_file_that_nobody_touched_differs_in_nothing(session: Session, workshop: Workshop) -> None:
    assert found(session, workshop, load(session, workshop, nothing)) == []


def test_all_that_was_done_is_found_and_taken_in(session: Session, workshop: Workshop) -> None:
    before = summary(session, workshop)
    manuscript = load(session, workshop, at_work)
    kinds = [kind for kind, _, why in found(session, workshop, manuscript) if why is None]
    assert sorted(kinds) == [Kind.ADD, Kind.ADD, Kind.EDIT, Kind.MOVE, Kind.REMOVE]
    assert summary(session, workshop) == before
    assert take(session, workshop, manuscript) == []
    assert summary(session, workshop) == [
        ("intro", "The evening was **good**"),
        ("theme:t1", "Meet indoors"),
        ("theme:t1", "Meet once a week"),
        ("theme:t1", "Meet at the library"),
        ("theme:t1", "Meet in the park"),
    ]
    assert found(session, workshop, manuscript) == []
    sources = {line["text"]: line["notes"] for line in seen(session, workshop)["lines"]}
    assert sources["Meet once a week"] == ["a", "b"]
    assert sources["Meet at the library"] == []


def test_what_is_taken_in_is_in_the_log_and_taken_back_there(session: Session, workshop: Workshop) -> None:
    before = summary(session, workshop)
    manuscript = load(session, workshop, at_work)
    take(session, workshop, manuscript)
    for entry in reversed(log(session, workshop)):
        undo(session, desk(workshop), entry["id"])
    assert summary(session, workshop) == before
    # A new paragraph that was taken in once and taken back does not come again by itself.
    assert Kind.ADD not in [kind for kind, _, _ in found(session, workshop, manuscript)]


def test_one_difference_at_a_time_in_any_order(session: Session, workshop: Workshop) -> None:
    manuscript = load(session, workshop, at_work)
    while left := differences(session, workshop, manuscript):
        assert take(session, workshop, manuscript, left[-1]) == []
    texts = [text for _, text in summary(session, workshop)]
    assert texts.index("Meet indoors") < texts.index("Meet once a week") < texts.index("Meet at the library")
    assert "Buses or cars" not in texts


def test_a_line_that_somebody_changed_meanwhile_shows_three_texts(session: Session, workshop: Workshop) -> None:
    docx = fetch(session, workshop)
    rewrite(session, workshop, "two", "Meet every month")
    manuscript = load(session, workshop, lambda root: type_in(root, "more often", "once a week"), docx)
    [one] = differences(session, workshop, manuscript)
    assert (one.fetched, one.now, one.new) == ("Meet more often", "Meet every month", "Meet once a week")
    assert one.why is Why.CHANGED


def test_what_others_changed_alone_is_no_difference(session: Session, workshop: Workshop) -> None:
    docx = fetch(session, workshop)
    rewrite(session, workshop, "two", "Meet every month")
    act(session, desk(workshop), "line.add", section="theme:t1", after=None, text="Theirs", notes=[])
    act(session, desk(workshop), "line.remove", line="four")
    manuscript = load(session, workshop, nothing, docx)
    assert found(session, workshop, manuscript) == []


def test_the_same_words_on_both_sides_are_no_difference(session: Session, workshop: Workshop) -> None:
    docx = fetch(session, workshop)
    rewrite(session, workshop, "two", "Meet once a week")
    manuscript = load(session, workshop, lambda root: type_in(root, "more often", "once a week"), docx)
    assert found(session, workshop, manuscript) == []


def test_nothing_is_taken_that_is_not_as_it_was_shown(session: Session, workshop: Workshop) -> None:
    manuscript = load(session, workshop, lambda root: type_in(root, "more often", "once a week"))
    [shown] = differences(session, workshop, manuscript)
    rewrite(session, workshop, "two", "Meet every month")
    assert take(session, workshop, manuscript, shown) == []
    assert ("theme:t1", "Meet every month") in summary(session, workshop)


def test_words_for_a_line_that_somebody_removed_are_shown_and_not_taken(session: Session, workshop: Workshop) -> None:
    docx = fetch(session, workshop)
    act(session, desk(workshop), "line.remove", line="two")
    manuscript = load(session, workshop, lambda root: type_in(root, "more often", "once a week"), docx)
    assert found(session, workshop, manuscript) == [(Kind.EDIT, "two", Why.REMOVED)]
    assert take(session, workshop, manuscript) == ["line_removed"]


def test_a_line_that_somebody_writes_in_is_refused_with_its_reason(session: Session, workshop: Workshop) -> None:
    manuscript = load(session, workshop, lambda root: type_in(root, "more often", "once a week"))
    other = desk(workshop).__class__(Role.STUDIO, workshop=workshop.id, token="b" * 16)
    assert outcomes(send(session, other, mutation("line.hold", line="two"))) == ["ok"]
    assert take(session, workshop, manuscript) == ["held"]


def test_a_mask_does_not_take_the_place_of_a_name_unseen(session: Session, workshop: Workshop) -> None:
    rewrite(session, workshop, "two", "Ask Siri Berg about it")
    fields: dict[str, Any] = {"line": "two", "start": 4, "end": 13, "words": "Siri Berg"}
    act(session, desk(workshop), "finding.decide", found="name", decision="mask", **fields)
    docx = fetch(session, workshop)
    assert found(session, workshop, load(session, workshop, nothing, docx)) == []
    manuscript = load(session, workshop, lambda root: type_in(root, "about it", "about that"), docx)
    [one] = differences(session, workshop, manuscript)
    assert one.why is Why.MASKED
    assert one.fetched is not None
    assert "Siri" not in one.fetched
    assert one.now == "Ask Siri Berg about it"


def test_a_line_typed_anew_is_the_same_line(session: Session, workshop: Workshop) -> None:
    def work(root: etree._Element) -> None:
        paragraph(root, "Meet more often").addnext(new_paragraph("Meet much more often"))
        take_out(root, "Meet more often")

    assert found(session, workshop, load(session, workshop, work)) == [(Kind.EDIT, "two", None)]


def test_a_file_of_another_evening_is_refused(session: Session, workshop: Workshop) -> None:
    docx = fetch(session, workshop)
    with pytest.raises(Invalid) as refusal:
        read(session, make_workshop(session), docx)
    assert refusal.value.code == "other_workshop"


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
