"""A whole evening from a file into the database, and out again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import asdict
from sqlalchemy import select
from sqlalchemy.orm import Session

from factories import desk, make_evening, make_workshop, mutation, outcomes, send, sit_down
from verkstad.domain.errors import Invalid
from verkstad.domain.note import Source
from verkstad.domain.theme import Asks, Side, ThemeOrder
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import (
    FileGroup,
    FileHidden,
    FileLine,
    FileNote,
    FileQuestion,
    FileTheme,
    WorkshopFile,
)
from verkstad.services.exports import evening_of
from verkstad.services.workshop_import import create_from_file
from verkstad.storage import Note, Workshop
from verkstad.storage.workshop import rounds_of

START = datetime(2023, 3, 6, 18, 0, tzinfo=UTC)


def minute(n: int) -> datetime:
    return START + timedelta(minutes=n)


def full_evening(**changes: Any) -> WorkshopFile:
    """An evening that uses every field a file can have."""
    given: dict[str, Any] = {
        "held_on": date(2023, 3, 6),
        "place": "Folkets hus",
        "preface": "Numreringen är kvällens.",
        "expected_themes": ("Mötesplatser: kafé, lokal", "Bussar"),
        "participants": 31,
        "questions": (
            FileQuestion(id="q1", prompt="Vad fungerar?", help="Tänk på året.", easy="Vad är bra?", shared=True,
                         opened_at=minute(0), closed_at=minute(20)),
            FileQuestion(id="q2", prompt="Vad saknas?", opened_at=minute(20)),
            FileQuestion(id="q3", prompt="Vad nu?"),
        ),
        "groups": (FileGroup(number=2, name="Scenen"), FileGroup(number=7)),
        "notes": (
            FileNote(id="n1", group=7, text="En rad\noch en till", question="q1", source=Source.PHONE,
                     created_at=minute(1), edited_at=minute(2), by_person=True, side=Side.FOR, asks=Asks.NO),
            FileNote(id="n2", group=2, text="[maskerat]", question="q1", source=Source.SCRIBE, created_at=minute(3),
                     hidden=FileHidden(reason="Namn på en person", by="Anna", at=minute(5)), by_person=True),
            FileNote(id="n3", group=7, text="", question="q2", created_at=minute(21), withdrawn_at=minute(22),
                     by_person=False),
            FileNote(id="n4", group=2, text="Från papper", source=Source.PAPER, late=True, created_at=minute(30),
                     by_person=False, sure=False, second="t2"),
            FileNote(id="n5", group=2, text="Utan tid", by_person=False, asks=Asks.MAYBE),
        ),
        "themes": (
            FileTheme(id="t1", label="Papper först", notes=("n4", "n1"), question="q1", named=False,
                      keywords=("papper", "först"), quotation="n4"),
            FileTheme(id="t2", label="Tomt"),
        ),
        "lines": (
            FileLine(id="l3", section="group:7", text="Sju", notes=("n1",)),
            FileLine(id="l2", section="intro", text="**Först**", by="Anna", at=minute(40)),
            FileLine(id="l1", section="intro", text="Sedan", notes=("n2", "n3")),
            FileLine(id="l4", section="theme:gone", text=""),
        ),
        "theme_order": ThemeOrder.OWN,
    }  # fmt: skip
    return make_evening(**(given | changes))


def same(evening: WorkshopFile) -> dict[str, Any]:
    """All that must survive a journey: everything but the code and the time of export."""
    return {k: v for k, v in asdict(evening).items() if k not in {"code", "exported_at"}}


def test_everything_in_a_file_comes_out_as_it_went_in(session: Session) -> None:
    evening = full_evening()
    out = evening_of(session, create_from_file(session, evening))
    assert {k: v for k, v in same(out).items() if k not in {"state", "revision"}} == {
        k: v for k, v in same(evening).items() if k not in {"state", "revision"}
    }


@pytest.mark.parametrize("opened", [True, False])
def test_an_export_that_is_imported_exports_the_same(session: Session, opened: bool) -> None:
    first = evening_of(session, create_from_file(session, full_evening(), open=opened))
    second = evening_of(session, create_from_file(session, first))
    assert same(second) == same(first)
    assert second.code != first.code


def test_a_live_evening_is_the_same_after_the_journey(session: Session) -> None:
    workshop = create_from_file(session, make_evening(), open=True)
    phone = sit_down(session, workshop)
    studio = desk(workshop)
    notes = [mutation("note.add", question="q1", text=text) for text in ("ett", "två", "tre")]
    changes = [
        (phone, notes),
        (
            phone,
            [mutation("note.edit", note=notes[0]["id"], text="ETT"), mutation("note.withdraw", note=notes[2]["id"])],
        ),
        (studio, [mutation("note.hide", note=notes[1]["id"], reason="Namn"), mutation("round.open", question="q2")]),
        (studio, [mutation("workshop.state", state="closed")]),
    ]
    for actor, batch in changes:
        assert set(outcomes(send(session, actor, *batch))) == {"ok"}
    session.expire_all()
    first = evening_of(session, session.get_one(Workshop, workshop.id))
    assert same(evening_of(session, create_from_file(session, first))) == same(first)


def test_notes_keep_the_order_of_the_file_in_their_revisions(session: Session) -> None:
    workshop = create_from_file(session, full_evening())
    found = session.execute(
        select(Note.id, Note.created_revision).where(Note.workshop_id == workshop.id).order_by(Note.created_revision)
    )
    assert [tuple(row) for row in found] == [("n1", 2), ("n2", 3), ("n3", 4), ("n4", 5), ("n5", 6)]
    assert workshop.revision == 6


@pytest.mark.parametrize(
    ("changes", "opened", "state"),
    [
        ({"notes": ()}, False, State.DRAFT),
        ({}, False, State.CLOSED),
        ({}, True, State.OPEN),
        ({"notes": ()}, True, State.OPEN),
        ({"state": State.UNDER_REVIEW}, False, State.UNDER_REVIEW),
        ({"state": State.CLOSED}, True, State.OPEN),
        ({"questions": (), "notes": (), "themes": ()}, True, State.OPEN),
    ],
)
def test_the_state_is_what_was_asked_for_or_what_the_file_tells(
    session: Session, changes: dict[str, Any], opened: bool, state: State
) -> None:
    themes = {"themes": ()} if changes.get("notes") == () else {}
    workshop = create_from_file(session, full_evening(**(themes | changes)), open=opened)
    session.expire_all()
    assert session.get_one(Workshop, workshop.id).state is state


def test_opening_opens_the_first_question_alone(session: Session) -> None:
    workshop = create_from_file(session, full_evening(), open=True)
    session.expire_all()
    assert {q: r.state for q, r in rounds_of(session, workshop.id).items()} == {"q1": "open", "q2": "closed"}
    assert outcomes(
        send(session, sit_down(session, workshop, 7), mutation("note.add", question="q1", text="Sent"))
    ) == ["ok"]


def test_the_same_file_can_be_imported_twice(session: Session) -> None:
    first, second = (create_from_file(session, full_evening()) for _ in range(2))
    assert first.id != second.id
    assert first.code != second.code
    assert [n.id for n in evening_of(session, second).notes] == ["n1", "n2", "n3", "n4", "n5"]


@pytest.mark.parametrize("changes", [{"revision": -1}, {"revision": 2**40}, {"participants": -1}])
def test_a_number_that_cannot_be_is_refused_and_nothing_is_kept(session: Session, changes: dict[str, int]) -> None:
    with pytest.raises(Invalid, match="bad_count"):
        create_from_file(session, full_evening(**changes))
    assert session.scalars(select(Workshop)).all() == []


def test_whoever_made_a_file_that_does_not_say_was_a_person(session: Session) -> None:
    notes = (FileNote(id="n1", group=1, text="I tema"), FileNote(id="n2", group=1, text="Utan"))
    workshop = make_workshop(session, notes=notes, themes=(FileTheme(id="t1", label="Tema", notes=("n1",)),))
    evening = evening_of(session, workshop)
    assert [note.by_person for note in evening.notes] == [True, False]
    assert [theme.named for theme in evening.themes] == [True]


def test_who_joins_an_imported_evening_is_counted_with_those_who_were_there(session: Session) -> None:
    workshop = make_workshop(session, participants=47)
    assert evening_of(session, workshop).participants == 47
    sit_down(session, workshop)
    assert evening_of(session, workshop).participants == 48
