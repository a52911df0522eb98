"""What the machine does to a workshop, between what people do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from factories import make_workshop, mutation, outcomes, send, sit_down
from installation import TEXTS
from sorting import answered, labels, make_sorted, notes, places, propose, seen
from verkstad.clustering.concepts import shipped
from verkstad.clustering.encoder import Encoder, best_encoder
from verkstad.domain.workshop import State
from verkstad.services.machine import Machine
from verkstad.services.ports import NullBroadcaster
from verkstad.services.workshops import Details, edit_details
from verkstad.storage import NoteVector, Workshop
from verkstad.storage.base import begin_write
from verkstad.storage.suggestion import Kind, due

Json = dict[str, Any]


def look(engine: Engine, workshop: Workshop, meanwhile: Callable[[], None] = lambda: None) -> bool:
    """One look of the machine, with what people do while it thinks."""

    def encoder() -> Encoder:
        meanwhile()
        return best_encoder()

    return Machine(engine, NullBroadcaster(), encoder, shipped()).look(workshop.id)


def write(session: Session, workshop: Workshop, *texts: str) -> list[str]:
    """Notes from a phone; their ids."""
    added = [mutation("note.add", question="q1", text=text) for text in texts]
    assert set(outcomes(send(session, sit_down(session, workshop), *added))) == {"ok"}
    return [str(note["id"]) for note in added]


def test_what_people_do_while_it_thinks_is_left_alone(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    ids = write(session, workshop, *TEXTS)

    def meanwhile() -> None:
        assert answered(session, workshop, "theme.place", notes=[ids[0]], theme=None) == "ok"
        assert answered(session, workshop, "note.hide", note=ids[1], reason="namn") == "ok"
        assert answered(session, workshop, "theme.add", label="Mitt eget", notes=[ids[2]]) == "ok"

    assert look(engine, workshop, meanwhile)
    now = notes(session, workshop)
    [mine] = [theme for theme, label in labels(session, workshop).items() if label == "Mitt eget"]
    assert [now[i]["theme"] for i in ids[:3]] == [None, None, mine]
    assert len(labels(session, workshop)) > 1


def test_it_looks_once_at_what_is_new(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    assert not look(engine, workshop)
    write(session, workshop, *TEXTS)
    assert due(session) == [workshop.id]
    session.commit()
    assert look(engine, workshop)
    told = seen(session, workshop)["revision"]
    assert not look(engine, workshop)
    assert seen(session, workshop)["revision"] == told


def test_how_far_it_has_come_is_counted_for_each_workshop(engine: Engine, session: Session) -> None:
    long, short = make_workshop(session), make_workshop(session)
    write(session, long, *TEXTS[:5])
    session.commit()
    assert look(engine, long)
    write(session, short, TEXTS[0])
    assert due(session) == [short.id]
    session.commit()
    assert look(engine, short)
    session.commit()
    assert due(session) == []


def test_what_was_sorted_elsewhere_stays_as_it_came(engine: Engine, session: Session) -> None:
    workshop = make_sorted(session)
    assert not look(engine, workshop)
    before = notes(session, workshop)
    [same] = write(session, workshop, before["c"]["text"])
    assert look(engine, workshop)
    after = notes(session, workshop)
    assert after.pop(same)["theme"] == "t2"
    assert {key: note["theme"] for key, note in after.items()} == {key: note["theme"] for key, note in before.items()}


def test_a_vector_goes_with_its_note(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    note = mutation("note.add", question="q1", text=TEXTS[0])
    send(session, phone, note)
    look(engine, workshop)
    session.commit()  # what it has read must not hide what is written beside it
    assert session.query(NoteVector).count() == 1
    send(session, phone, mutation("note.withdraw", note=note["id"]))
    look(engine, workshop)
    session.commit()
    assert session.query(NoteVector).count() == 0


def test_after_the_summary_is_adopted_it_does_nothing(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    write(session, workshop, *TEXTS)
    begin_write(session)
    session.get_one(Workshop, workshop.id).state = State.ADOPTED
    session.commit()
    assert not look(engine, workshop)
    assert answered(session, workshop, "sorting.ask") == "adopted"


def test_expected_themes_are_kept_in_the_first_suggestion(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    assert answered(session, workshop, "theme.add", label="Bussar och resor") == "ok"
    write(session, workshop, *TEXTS)
    look(engine, workshop)
    [expected] = [theme for theme in seen(session, workshop)["themes"] if theme["named"]]
    assert expected["label"] == "Bussar och resor"
    assert len(labels(session, workshop)) > 1


def test_no_theme_is_made_for_notes_that_go_while_it_thinks(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    added = [mutation("note.add", question="q1", text=text) for text in TEXTS]
    send(session, phone, *added)

    def meanwhile() -> None:
        send(session, phone, *(mutation("note.withdraw", note=note["id"]) for note in added[3:]))

    assert look(engine, workshop, meanwhile)
    held = {note["theme"] for note in notes(session, workshop).values()}
    assert labels(session, workshop).keys() == held - {None}


def double(session: Session, workshop: Workshop) -> list[str]:
    """As many notes again as `TEXTS`, of the same kind."""
    return write(session, workshop, *(f"{text} i sommar" for text in TEXTS))


def test_a_sorting_that_nobody_has_touched_is_made_anew_when_the_notes_have_grown(
    engine: Engine, session: Session
) -> None:
    workshop = make_workshop(session)
    write(session, workshop, *TEXTS)
    look(engine, workshop)
    double(session, workshop)
    look(engine, workshop)
    acts = seen(session, workshop)["actions"]
    assert [each["kind"] for each in acts] == ["machine.sort", "machine.sort"]
    held = {note["theme"] for note in notes(session, workshop).values()}
    assert labels(session, workshop).keys() == held - {None}
    for each in reversed(acts):
        assert answered(session, workshop, "action.undo", action=each["id"]) == "ok"
    assert labels(session, workshop) == {}


def close(session: Session, workshop: Workshop, state: State = State.CLOSED) -> None:
    begin_write(session)
    session.get_one(Workshop, workshop.id).state = state
    session.commit()


def test_when_the_evening_closes_what_nobody_has_touched_is_sorted_once_more(engine: Engine, session: Session) -> None:
    workshop, whole = make_workshop(session), make_workshop(session)
    for text in TEXTS:
        write(session, workshop, text)
        look(engine, workshop)
    write(session, whole, *TEXTS)
    look(engine, whole)
    close(session, workshop)
    assert due(session) == [workshop.id]
    session.commit()
    assert look(engine, workshop)
    assert not look(engine, workshop)
    assert sorted(labels(session, workshop).values()) == sorted(labels(session, whole).values())
    assert together(session, workshop) == together(session, whole)


def together(session: Session, workshop: Workshop) -> set[frozenset[str]]:
    """The texts of each theme."""
    found = notes(session, workshop).values()
    return {frozenset(note["text"] for note in found if note["theme"] == theme) for theme in labels(session, workshop)}


def test_when_the_evening_closes_what_somebody_has_touched_stays(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    write(session, workshop, *TEXTS)
    look(engine, workshop)
    theme, label = next(iter(labels(session, workshop).items()))
    assert answered(session, workshop, "theme.confirm", theme=theme, label=label) == "ok"
    before = {note: each["theme"] for note, each in notes(session, workshop).items() if each["theme"]}
    close(session, workshop)
    assert look(engine, workshop)
    assert due(session) == []
    assert before.items() <= places(session, workshop).items()


@pytest.mark.parametrize("when", ["before", "meanwhile"])
@pytest.mark.parametrize("how", ["theme.confirm", "vote.open", "screen.show", "suggestion.dismiss"])
def test_once_somebody_has_begun_what_has_a_place_keeps_it(
    engine: Engine, session: Session, how: str, when: str
) -> None:
    workshop = make_workshop(session)
    first = write(session, workshop, *TEXTS)
    look(engine, workshop)
    before = places(session, workshop)
    theme, other = list(labels(session, workshop))[:2]
    fields: dict[str, Json] = {
        "theme.confirm": {"theme": theme, "label": labels(session, workshop)[theme]},
        "vote.open": {"on": "themes", "each": "person", "dots": 3},
        "screen.show": {"view": "themes"},
        "suggestion.dismiss": {"suggestion": propose(session, workshop, Kind.MERGE, theme=theme, into=other)},
    }

    def begin() -> None:
        assert answered(session, workshop, how, **fields[how]) == "ok"

    if when == "before":
        begin()
    double(session, workshop)
    look(engine, workshop, begin if when == "meanwhile" else lambda: None)
    look(engine, workshop)
    after = notes(session, workshop)
    assert {note: after[note]["theme"] for note in first if before[note]} == {n: t for n, t in before.items() if t}
    assert [each["kind"] for each in seen(session, workshop)["actions"]].count("machine.sort") == 1
    assert due(session) == []


def test_what_is_said_of_names_is_nothing_done_to_the_themes(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    text = "Anna Berg vill ha fler bussar"
    first, *_ = write(session, workshop, text, *TEXTS)
    look(engine, workshop)
    finding = {"note": first, "start": 0, "end": 9, "words": "Anna Berg", "seen": text, "found": "name"}
    assert answered(session, workshop, "finding.decide", **finding, decision="mask") == "ok"
    double(session, workshop)
    look(engine, workshop)
    assert [each["kind"] for each in seen(session, workshop)["actions"]].count("machine.sort") == 2


def test_sharing_and_mending_notes_sorts_nothing_anew(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    write(session, workshop, *TEXTS)
    look(engine, workshop)
    before = {note: each["theme"] for note, each in notes(session, workshop).items() if each["theme"]}
    assert answered(session, workshop, "round.share", question="q1", shared=True) == "ok"
    assert look(engine, workshop)
    after = notes(session, workshop)
    assert {note: after[note]["theme"] for note in before} == before
    assert [each["kind"] for each in seen(session, workshop)["actions"]].count("machine.sort") == 1


def test_who_asks_is_shown_all_that_would_move_and_nothing_has_moved(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    write(session, workshop, *TEXTS)
    look(engine, workshop)
    before = notes(session, workshop)
    assert answered(session, workshop, "sorting.ask") == "ok"
    assert look(engine, workshop)
    assert notes(session, workshop) == before
    assert [each["kind"] for each in seen(session, workshop)["suggestions"]] == ["resort"]


def test_when_a_sorting_is_made_anew_what_was_proposed_of_the_old_one_goes(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    write(session, workshop, *TEXTS)
    look(engine, workshop)
    theme, other = list(labels(session, workshop))[:2]
    propose(session, workshop, Kind.MERGE, theme=theme, into=other)
    double(session, workshop)
    look(engine, workshop)
    assert seen(session, workshop)["suggestions"] == []


def test_what_the_facilitator_expects_counts_from_the_next_sorting_and_moves_nothing_by_itself(
    engine: Engine, session: Session
) -> None:
    expected = ("Resor till och från byn: bussen går, bussturer, bussbiljetter, tider som passar",)
    workshop = make_workshop(session, expected_themes=expected)
    write(session, workshop, *TEXTS)
    assert look(engine, workshop)
    assert "Resor till och från byn" in labels(session, workshop).values()
    before = seen(session, workshop)["revision"]
    session.commit()
    details = Details(workshop.title, None, "", "sv", ("Lokaler för alla: hyra en lokal, låna lokaler",))
    edit_details(session, workshop.id, details, None, NullBroadcaster())
    assert not look(engine, workshop)
    assert not seen(session, workshop, before)["themes"]
