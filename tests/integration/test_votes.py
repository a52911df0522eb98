"""Voting with dots: who may lay how many, what is told to whom, and how it is counted."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from factories import desk, make_workshop, mutation, outcomes, send, sit_down
from verkstad.documents import Format, View, render
from verkstad.domain.roles import Actor, Room, RoomKind
from verkstad.domain.workshop_file import FileNote, FileTheme, encode
from verkstad.services.changes import changes
from verkstad.services.exports import evening_of
from verkstad.services.imports.workshop_json import read_json
from verkstad.services.words import words_of
from verkstad.services.workshop_import import create_from_file
from verkstad.storage import Ballot, Workshop

PLACED = {"t1": ("n0", "n1"), "t2": ("n2",), "t3": ("n3",)}
THEMES: dict[str, Any] = {
    "notes": tuple(FileNote(id=f"n{n}", group=1 + n % 3, text=f"Lapp {n}", question="q1") for n in range(6)),
    "themes": tuple(FileTheme(id=theme, label=theme.upper(), notes=notes) for theme, notes in PLACED.items()),
}


def voting(session: Session, workshop: Workshop, **fields: Any) -> dict[str, Any]:
    """A voting that has been opened."""
    opened = mutation("vote.open", **({"on": "themes", "each": "person", "dots": 3} | fields))
    assert outcomes(send(session, desk(workshop), opened)) == ["ok"]
    return opened


def lay(session: Session, who: Actor, opened: dict[str, Any], target: str, dots: int) -> list[str]:
    return outcomes(send(session, who, mutation("vote.cast", voting=opened["id"], target=target, dots=dots)))


def close(session: Session, workshop: Workshop, opened: dict[str, Any]) -> dict[str, Any]:
    """Close a voting; what the screen is told of it."""
    assert outcomes(send(session, desk(workshop), mutation("vote.close", voting=opened["id"]))) == ["ok"]
    return told(session, Room(workshop.id, RoomKind.SCREEN))


def told(session: Session, room: Room, since: int = 0) -> dict[str, Any]:
    """The last voting, as a room is told of it."""
    return dict(changes(session, room, since)["votings"][-1])


def sums(result: dict[str, Any]) -> dict[str, int]:
    return {each["id"]: each["dots"] for each in result["result"]}


def test_everybody_has_so_many_dots_and_may_move_them(session: Session) -> None:
    workshop = make_workshop(session, **THEMES)
    anna, bo = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    opened = voting(session, workshop)
    assert lay(session, anna, opened, "t1", 3) == ["ok"]
    assert lay(session, anna, opened, "t2", 1) == ["too_many_dots"]
    assert lay(session, anna, opened, "t1", 2) == ["ok"]
    assert lay(session, anna, opened, "t2", 1) == ["ok"]
    assert lay(session, bo, opened, "t2", 2) == ["ok"]
    assert lay(session, bo, opened, "t9", 1) == ["unknown_target"]
    result = close(session, workshop, opened)
    assert sums(result) == {"t2": 3, "t1": 2, "t3": 0} and list(sums(result)) == ["t2", "t1", "t3"]
    assert result["voters"] == 2 and result["lost"] == 0
    assert lay(session, bo, opened, "t1", 1) == ["vote_closed"]


def test_a_resend_changes_nothing(session: Session) -> None:
    workshop = make_workshop(session, **THEMES)
    anna = sit_down(session, workshop)
    opened = voting(session, workshop)
    first = mutation("vote.cast", voting=opened["id"], target="t1", dots=2)
    then = mutation("vote.cast", voting=opened["id"], target="t1", dots=1)
    assert outcomes(send(session, anna, first, then, first, opened)) == ["ok", "ok", "duplicate", "id_taken"]
    assert sums(close(session, workshop, opened))["t1"] == 1


def test_nobody_is_told_where_somebody_s_dots_lie(session: Session) -> None:
    workshop = make_workshop(session, **THEMES)
    anna, bo = sit_down(session, workshop, 1), sit_down(session, workshop, 1)
    opened = voting(session, workshop)
    known = changes(session, anna.room, 0)["revision"]
    lay(session, anna, opened, "t1", 2)
    assert changes(session, bo.room, known)["votings"] == []
    for room in (anna.room, bo.room, Room(workshop.id, RoomKind.SCREEN)):
        seen = told(session, room)
        assert seen["result"] is None and seen["voters"] == 0 and "ours" not in seen
    seen = told(session, desk(workshop).room, known)
    assert seen["voters"] == 1 and seen["result"] is None and "t1" not in str(seen.keys() - {"choices"})
    close(session, workshop, opened)
    assert session.query(Ballot).count() == 0, "who laid which dots is forgotten"


def test_a_table_s_scribe_lays_dots_for_all_who_sit_there(session: Session) -> None:
    workshop = make_workshop(session, **THEMES)
    scribe, other, third = (sit_down(session, workshop, n) for n in (1, 1, 2))
    send(session, scribe, mutation("scribe.take"))
    opened = voting(session, workshop, each="table", dots=2)
    assert told(session, other.room)["ours"] == {"people": 2, "dots": {}}
    assert lay(session, other, opened, "t1", 1) == ["not_scribe"]
    assert lay(session, scribe, opened, "t1", 4) == ["ok"]
    assert lay(session, scribe, opened, "t2", 1) == ["too_many_dots"]
    people = mutation("vote.people", voting=opened["id"], people=5)
    assert outcomes(send(session, scribe, people)) == ["ok"]
    assert lay(session, scribe, opened, "t2", 6) == ["ok"]
    fewer = mutation("vote.people", voting=opened["id"], people=4)
    assert outcomes(send(session, scribe, fewer)) == ["too_many_dots"]
    assert told(session, other.room)["ours"] == {"people": 5, "dots": {"t1": 4, "t2": 6}}
    assert told(session, third.room)["ours"] == {"people": 1, "dots": {}}
    assert told(session, desk(workshop).room)["voters"] == 1
    assert sums(close(session, workshop, opened)) == {"t2": 6, "t1": 4, "t3": 0}


def test_dots_follow_a_merged_theme_and_those_on_a_removed_one_are_told_as_lost(session: Session) -> None:
    workshop = make_workshop(session, **THEMES)
    anna = sit_down(session, workshop)
    opened = voting(session, workshop, dots=6)
    for target, dots in (("t1", 1), ("t2", 2), ("t3", 3)):
        lay(session, anna, opened, target, dots)
    merge = mutation("theme.merge", theme="t1", into="t2")
    assert outcomes(send(session, desk(workshop), merge, mutation("theme.remove", theme="t3"))) == ["ok", "ok"]
    assert lay(session, anna, opened, "t1", 0) == ["ok"], "the ballot is what it was when it opened"
    lay(session, anna, opened, "t1", 1)
    result = close(session, workshop, opened)
    assert sums(result) == {"t2": 3} and result["lost"] == 3


def test_notes_are_voted_on_while_they_are_shared_and_seen(session: Session) -> None:
    workshop = make_workshop(session, **THEMES)
    anna = sit_down(session, workshop)
    refused = mutation("vote.open", on="notes", each="person", dots=2, question="q1")
    assert outcomes(send(session, desk(workshop), refused)) == ["not_shared"]
    send(session, desk(workshop), mutation("round.share", question="q1", shared=True))
    opened = voting(session, workshop, on="notes", dots=2, question="q1")
    assert [choice["text"] for choice in told(session, anna.room)["choices"]] == [""] * 6
    assert lay(session, anna, opened, "n0", 2) == ["ok"]
    send(session, desk(workshop), mutation("note.hide", note="n0", reason="ett namn"))
    assert lay(session, anna, opened, "n1", 2) == ["ok"], "the dots on what is hidden are one's own again"
    assert lay(session, anna, opened, "n0", 1) == ["unknown_target"]
    send(session, desk(workshop), mutation("note.hide", note="n1", reason="ett namn"))
    result = close(session, workshop, opened)
    assert result["lost"] == 2 and set(sums(result)) == {"n2", "n3", "n4", "n5"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"dots": 0}, "malformed"),
        ({"dots": 11}, "malformed"),
        ({"each": "hand"}, "malformed"),
        ({"on": "notes"}, "not_shared"),
        ({"on": "notes", "question": "q9"}, "not_shared"),
    ],
)
def test_a_voting_that_makes_no_sense_is_not_opened(session: Session, fields: dict[str, Any], code: str) -> None:
    workshop = make_workshop(session, **THEMES)
    opened = mutation("vote.open", **({"on": "themes", "each": "person", "dots": 3} | fields))
    assert outcomes(send(session, desk(workshop), opened)) == [code]


def test_one_voting_at_a_time_by_whoever_runs_the_evening_and_only_on_something(session: Session) -> None:
    workshop = make_workshop(session)
    anna = sit_down(session, workshop)
    opened = mutation("vote.open", on="themes", each="person", dots=3)
    assert outcomes(send(session, anna, opened)) == ["forbidden"]
    opened = mutation("vote.open", on="themes", each="person", dots=3)
    assert outcomes(send(session, desk(workshop), opened)) == ["no_choices"]
    send(session, desk(workshop), mutation("theme.add", label="Mötesplatser"))
    first = voting(session, workshop)
    assert outcomes(send(session, desk(workshop), mutation("vote.open", on="themes", each="person", dots=1))) == [
        "vote_open"
    ]
    cast = mutation("vote.cast", voting=first["id"], target="t1", dots=1)
    assert outcomes(send(session, desk(workshop), cast)) == ["forbidden"]


def test_what_ends_the_workshop_closes_the_voting(session: Session) -> None:
    workshop = make_workshop(session, **THEMES)
    anna = sit_down(session, workshop)
    opened = voting(session, workshop)
    lay(session, anna, opened, "t1", 1)
    send(session, desk(workshop), mutation("workshop.state", state="closed"))
    assert told(session, anna.room)["open"], "the hall may vote after the last question"
    send(session, desk(workshop), mutation("workshop.state", state="under_review"))
    assert sums(told(session, anna.room))["t1"] == 1
    assert lay(session, anna, opened, "t1", 2) == ["vote_closed"]


def test_a_result_goes_out_with_the_evening_and_comes_in_again(session: Session) -> None:
    workshop = make_workshop(session, **THEMES)
    anna, bo = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    first = voting(session, workshop)
    lay(session, anna, first, "t2", 2)
    lay(session, bo, first, "t1", 1)
    close(session, workshop, first)
    send(session, desk(workshop), mutation("round.share", question="q1", shared=True))
    second = voting(session, workshop, on="notes", question="q1", each="person")
    lay(session, bo, second, "n4", 3)
    close(session, workshop, second)
    voting(session, workshop)  # one that is open goes nowhere
    out = evening_of(session, workshop)
    assert [[(line.id, line.dots) for line in held.result][:2] for held in out.votings] == [
        [("t2", 2), ("t1", 1)],
        [("n4", 3), ("n0", 0)],
    ]
    back = create_from_file(session, read_json(encode(out)))
    assert evening_of(session, back).votings == out.votings
    assert [v["result"] for v in changes(session, desk(back).room, 0)["votings"]] == [
        v["result"] for v in changes(session, desk(workshop).room, 0)["votings"][:2]
    ]
    page = render(out, Format.MD, View.FULL, words_of("en")).decode()
    assert "Voting 2" in page and "| T2" in page
