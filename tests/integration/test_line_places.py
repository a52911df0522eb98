"""Where the summary's lines stand: put, moved, gone with their theme, and back again."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factories import desk
from sorting import act, log, make_sorted, people, undo
from verkstad.domain.summary import Summary
from verkstad.services.exports import evening_of
from verkstad.storage import Workshop
from writing import lines, two_at_the_desk, write


@pytest.fixture
def workshop(session: Session) -> Workshop:
    return make_sorted(session)


def test_lines_stand_where_they_were_put(session: Session, workshop: Workshop) -> None:
    siri, sam = two_at_the_desk(session, workshop)
    first = write(session, siri, "1", after=None)
    third = write(session, siri, "3", after=first)
    second = write(session, sam, "2", after=first)
    zeroth = write(session, sam, "0", after=None)
    assert list(lines(session, workshop)) == [zeroth, first, second, third]
    act(session, siri, "line.move", line=third, section="intro", after=None)
    assert list(lines(session, workshop)) == [third, zeroth, first, second]
    act(session, siri, "line.move", line=zeroth, section="voices", after=None)
    act(session, siri, "line.remove", line=first)
    where_it_was = write(session, sam, "1½", after=first)
    last = write(session, sam, "4", after=zeroth)
    assert list(lines(session, workshop)) == [third, where_it_was, second, last, zeroth]


def test_a_line_that_comes_back_to_a_place_that_was_taken_stands_next_to_it(
    session: Session, workshop: Workshop
) -> None:
    actor = desk(workshop)
    first, second, third = (write(session, actor, text) for text in "ABC")
    moved = act(session, actor, "line.move", line=second, section="voices", after=None)
    new = write(session, actor, "X", after=first)
    undone = undo(session, actor, moved)
    assert list(lines(session, workshop)) == [first, new, second, third]
    between = write(session, actor, "Y", after=new)
    assert list(lines(session, workshop)) == [first, new, between, second, third]
    undo(session, actor, undone)
    assert lines(session, workshop)[second]["section"] == "voices"


def test_the_lines_of_a_theme_go_with_it_and_come_back_with_it(session: Session, workshop: Workshop) -> None:
    _, team = people(session, workshop)
    there = write(session, desk(workshop), "Bussar", section="theme:t2")
    theirs = [write(session, desk(workshop), text, section="theme:t1") for text in "AB"]
    before = lines(session, workshop)
    merged = act(session, team, "theme.merge", theme="t1", into="t2")
    told = lines(session, workshop)
    assert list(told) == [there, *theirs]
    assert {line["section"] for line in told.values()} == {"theme:t2"}
    undo(session, team, merged)
    assert {key: (line["section"], line["order"]) for key, line in lines(session, workshop).items()} == {
        key: (line["section"], line["order"]) for key, line in before.items()
    }


def test_a_line_goes_back_to_where_a_theme_was_and_is_read_in_the_introduction(
    session: Session, workshop: Workshop
) -> None:
    line = write(session, desk(workshop), "A", section="theme:t1")
    moved = act(session, desk(workshop), "line.move", line=line, section="voices", after=None)
    act(session, desk(workshop), "theme.remove", theme="t1")
    undo(session, desk(workshop), moved)
    assert lines(session, workshop)[line]["section"] == "theme:t1"
    assert [each.id for each in Summary(evening_of(session, workshop)).lines("intro")] == [line]


def test_a_move_touches_one_line_and_one_to_where_it_stands_is_none(session: Session, workshop: Workshop) -> None:
    keys = [write(session, desk(workshop), str(n)) for n in range(3)]
    before = lines(session, workshop)
    act(session, desk(workshop), "line.move", line=keys[1], section="intro", after=keys[0])
    assert lines(session, workshop) == before
    act(session, desk(workshop), "line.move", line=keys[0], section="intro", after=keys[2])
    after = lines(session, workshop)
    assert [key for key in keys if before[key] != after[key]] == [keys[0]]
    assert [action["kind"] for action in log(session, workshop)] == [*["line.add"] * 3, "line.move"]
