"""The same point twice: the studio is told which notes say nearly the same, and who asks, which are most alike."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from factories import desk, make_evening, make_workshop, mutation, new_id, outcomes, send, sit_down
from holding import Held, state_held, take_in
from running import Server
from sorting import notes, refused, seen
from verkstad.clustering.encoder import Encoder
from verkstad.clustering.simple import SimpleEncoder
from verkstad.domain.roles import Actor
from verkstad.domain.workshop_file import FileNote
from verkstad.services.changes import changes
from verkstad.services.machine import Machine
from verkstad.services.ports import NullBroadcaster
from verkstad.services.similar import MOST_ASKED, most_similar
from verkstad.services.state_check import state_of
from verkstad.storage import NoteVector, Workshop

LIGHT = "Bättre belysning i parken vid skolan"
TOO = "Det behövs bättre belysning i parken vid skolan"
ABOUT = "Bättre belysning i parken"
OTHERS = ("Fler bussar på kvällen", "Simhallen behöver öppna tidigare", "Dyrt att hyra lokal")


def look(engine: Engine, workshop: Workshop, meanwhile: Callable[[], object] = lambda: None) -> None:
    """One look of the machine, with what happens while it thinks."""

    def encoder() -> Encoder:
        meanwhile()
        return SimpleEncoder()

    assert Machine(engine, NullBroadcaster(), encoder, []).look(workshop.id)


def write(session: Session, phone: Actor, *texts: str) -> list[str]:
    """Notes from a phone; their ids."""
    added = [mutation("note.add", question="q1", text=text) for text in texts]
    assert set(outcomes(send(session, phone, *added))) == {"ok"}
    return [str(note["id"]) for note in added]


def near(session: Session, workshop: Workshop) -> dict[str, list[str]]:
    return {key: note["near"] for key, note in notes(session, workshop).items() if note["near"]}


def test_both_are_told_and_who_follows_holds_what_is_there(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop, 1)
    one, *_ = write(session, phone, LIGHT, *OTHERS)
    look(engine, workshop)
    assert near(session, workshop) == {}
    held, room = Held(), desk(workshop).room
    first = seen(session, workshop)
    take_in(held, first)
    [two] = write(session, sit_down(session, workshop, 2), TOO)
    look(engine, workshop)
    news = seen(session, workshop, first["revision"])
    assert {note["id"]: note["near"] for note in news["notes"]} == {one: [two], two: [one]}
    take_in(held, news)
    assert state_held(held) == state_of(session, room)
    assert changes(session, phone.room, first["revision"])["notes"] == []


def test_of_notes_with_the_same_words_the_first_by_id_has_it_and_is_named(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    [first, second, other] = write(session, sit_down(session, workshop), LIGHT, LIGHT.upper() + "!", TOO)
    look(engine, workshop)
    assert near(session, workshop) == {first: [other], other: [first]}
    assert [like["note"] for like in most_similar(session, workshop.id, [second])] == [other]


def test_what_is_withdrawn_hidden_or_changed_is_named_no_more(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    one, two, three = write(session, phone, LIGHT, TOO, f"{LIGHT} nu")
    look(engine, workshop)
    assert near(session, workshop)[one] == [two, three]

    assert refused(session, desk(workshop), "note.hide", note=two, reason="namn") == "ok"
    assert two not in [like["note"] for like in most_similar(session, workshop.id, [one])]
    look(engine, workshop)
    assert near(session, workshop)[one] == [three]
    assert refused(session, desk(workshop), "note.unhide", note=two) == "ok"
    look(engine, workshop)
    assert near(session, workshop)[one] == [two, three]

    assert refused(session, phone, "note.edit", note=three, text=OTHERS[0]) == "ok"
    look(engine, workshop)
    assert near(session, workshop)[one] == [two]
    assert refused(session, phone, "note.withdraw", note=two) == "ok"
    assert most_similar(session, workshop.id, [two]) == []
    look(engine, workshop)
    assert near(session, workshop) == {}
    assert two not in [like["note"] for like in most_similar(session, workshop.id, [one])]


def test_one_more_note_writes_to_those_that_it_is_like_and_no_others(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    ids = write(session, phone, LIGHT, ABOUT, *(f"{other} {n}" for other in OTHERS for n in range(4)))
    look(engine, workshop)
    before, since = nearest(session, workshop), seen(session, workshop)["revision"]
    [new] = write(session, phone, TOO)
    look(engine, workshop)
    after = nearest(session, workshop)
    assert {note for note in ids if after[note] != before[note]} == set(ids[:2])
    assert {note["id"] for note in seen(session, workshop, since)["notes"]} == {ids[0], new}


def nearest(session: Session, workshop: Workshop) -> dict[str, object]:
    session.commit()  # what it has read must not hide what is written beside it
    session.expire_all()
    return {row.note_id: row.nearest for row in session.query(NoteVector).filter_by(workshop_id=workshop.id)}


def test_of_two_workers_at_once_the_slower_writes_nothing_and_nothing_is_missed(
    engine: Engine, session: Session
) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    [one] = write(session, phone, LIGHT)
    added: list[str] = []

    def meanwhile() -> None:
        added.extend(write(session, phone, TOO))
        look(engine, workshop)

    look(engine, workshop, meanwhile)
    assert near(session, workshop) == {one: added, added[0]: [one]}


def test_three_are_told_best_first_and_whether_they_clearly_are(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    one, *alike = write(session, phone, LIGHT, TOO, ABOUT, "Bättre belysning på skolvägen")
    write(session, phone, "Parken", *OTHERS)
    look(engine, workshop)
    found = most_similar(session, workshop.id, [one])
    assert [like["note"] for like in found] == alike
    assert [like["clearly"] for like in found] == [True] * 3
    assert sorted(found, key=lambda like: -float(like["likeness"])) == found
    asked_together = most_similar(session, workshop.id, [one, alike[0]])
    assert [like["note"] for like in asked_together][:2] == alike[1:]


def test_only_the_studio_may_ask(server: Server) -> None:
    evening = make_evening(notes=(FileNote(id="n1", group=1, text=LIGHT, question="q1"),))
    code, _ = server.import_evening(evening)

    def ask(token: str | None, *ids: str) -> tuple[int, object]:
        query = urlencode([("note", note) for note in ids])
        return server.request("GET", f"/api/v1/workshops/{code}/similar?{query}", token=token)

    studio = server.token(code, "studio")
    assert ask(studio, "n1", "unknown") == (200, {"similar": []})
    assert ask(server.join(code, 1)["token"], "n1")[0] == 403
    assert ask(server.token(code, "screen"), "n1")[0] == 403
    assert ask(None, "n1")[0] == 401
    for wrong in ([], [new_id() for _ in range(MOST_ASKED + 1)]):
        assert ask(studio, *wrong)[0] == 400


@pytest.mark.parametrize("texts", [["!", "?"], ["och", "i"]])
def test_texts_that_say_nothing_are_like_nothing(engine: Engine, session: Session, texts: list[str]) -> None:
    workshop = make_workshop(session)
    ids = write(session, sit_down(session, workshop), *texts)
    look(engine, workshop)
    assert (near(session, workshop), most_similar(session, workshop.id, ids[:1])) == ({}, [])
