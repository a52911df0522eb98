"""A Word file of the summary that comes back: what differs, what is taken in, and what nothing is done about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from factories import desk, make_workshop, mutation, outcomes, send
from sorting import act, log, make_sorted, seen, undo
from verkstad.documents import Format, View
from verkstad.documents.manuscript import Manuscript
from verkstad.domain.errors import Invalid
from verkstad.domain.roles import Role
from verkstad.domain.workshop_file import FileLine
from verkstad.services.exports import export_workshop
from verkstad.services.manuscripts import Difference, Kind, Why, differences, read, take_in
from verkstad.services.ports import NullBroadcaster
from verkstad.services.writer import Writer
from verkstad.storage import Workshop
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
    fields: dict[str, Any] = {
        "line": "two",
        "start": 4,
        "end": 13,
        "words": "Siri Berg",
        "seen": "Ask Siri Berg about it",
    }
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
