"""Sorting by people: every act does what it says, to nobody but the studio, once, and can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from factories import desk, make_evening, mutation, outcomes, send, sit_down
from sorting import (
    ACTS,
    Json,
    act,
    by_machine,
    labels,
    log,
    make_sorted,
    notes,
    people,
    places,
    refused,
    seen,
    sorting,
    undo,
)
from verkstad.domain.roles import Actor, Role
from verkstad.domain.workshop import State
from verkstad.services.actions import Act
from verkstad.services.changes import changes, you
from verkstad.services.state_check import state_of
from verkstad.services.theme_changes import UNSORTED
from verkstad.storage import Note, Theme, Workshop


@pytest.fixture
def workshop(session: Session) -> Workshop:
    return make_sorted(session)


def test_a_note_is_placed_and_is_then_a_person_s(session: Session, workshop: Workshop) -> None:
    act(session, desk(workshop), "theme.place", notes=["d", "a"], theme="t2")
    assert places(session, workshop) == {"a": "t2", "b": "t1", "c": "t2", "d": "t2", "e": None}
    assert {key for key, note in notes(session, workshop).items() if note["by_person"]} == {"a", "d"}
    act(session, desk(workshop), "theme.move", note="e", theme=None)
    assert notes(session, workshop)["e"]["by_person"], "that it belongs nowhere is a decision too"


def test_a_note_goes_last_in_its_theme_and_keeps_its_place_where_it_is(session: Session, workshop: Workshop) -> None:
    before = notes(session, workshop)["a"]["place"]
    act(session, desk(workshop), "theme.move", note="a", theme="t1")
    assert notes(session, workshop)["a"]["place"] == before
    act(session, desk(workshop), "theme.move", note="a", theme="t2")
    ordered = sorted(notes(session, workshop).values(), key=lambda note: (note["place"] or 0, note["order"]))
    assert [note["id"] for note in ordered if note["theme"] == "t2"] == ["c", "a"]


def test_a_theme_is_made_of_another_s_notes(session: Session, workshop: Workshop) -> None:
    made = act(session, desk(workshop), "theme.add", label="  Skol\u0061\u030a\nvägen ", notes=["b"], question="q1")
    assert labels(session, workshop) == {"t1": "Möten", "t2": "Bussar", made: "Skolå vägen"}
    [theme] = [theme for theme in seen(session, workshop)["themes"] if theme["id"] == made]
    assert (theme["named"], theme["question"], theme["position"]) == (True, "q1", 3)
    assert places(session, workshop)["b"] == made


@pytest.mark.parametrize(
    ("label", "code"),
    [(" \n", "empty_label"), ("x" * 101, "label_too_long"), ("a\x07", "control_characters"), ("MÖTEN", "label_taken")],
)
def test_a_theme_s_name_is_one_of_its_own(session: Session, workshop: Workshop, label: str, code: str) -> None:
    assert refused(session, desk(workshop), "theme.add", label=label) == code
    assert refused(session, desk(workshop), "theme.rename", theme="t2", label=label) == code
    assert labels(session, workshop) == {"t1": "Möten", "t2": "Bussar"}


def test_a_theme_may_keep_its_name_in_other_letters_and_take_one_that_is_free_again(
    session: Session, workshop: Workshop
) -> None:
    act(session, desk(workshop), "theme.rename", theme="t1", label="MÖTEN")
    act(session, desk(workshop), "theme.remove", theme="t1")
    act(session, desk(workshop), "theme.rename", theme="t2", label="möten")
    assert labels(session, workshop) == {"t2": "möten"}


def test_what_is_right_is_said_of_many_at_once_and_taken_back_at_once(session: Session, workshop: Workshop) -> None:
    anna, _ = people(session, workshop)
    act(session, anna, "theme.remove", theme="t2")
    before = sorting(session, workshop)
    seen_themes, seen_notes = {"t1": "Möten", "t2": "Bussar"}, {"a": "t1", "c": None, "e": None}
    done = act(session, anna, "theme.approve", themes=seen_themes, notes=seen_notes)
    assert places(session, workshop) == {"a": "t1", "b": "t1", "c": None, "d": None, "e": None}
    assert {key for key, note in notes(session, workshop).items() if note["by_person"]} == {"a", "c", "e"}
    assert [theme["named"] for theme in seen(session, workshop)["themes"]] == [True]
    undo(session, anna, done)
    assert sorting(session, workshop) == before
    assert refused(session, anna, "theme.approve", themes={"t2": "Bussar"}) == "overtaken"


def test_only_what_is_as_it_was_seen_becomes_right(session: Session, workshop: Workshop) -> None:
    def sort_anew(machine: Act) -> None:
        machine.set(machine.session.get_one(Theme, (workshop.id, "t1")), "name", ["Skolan", False])
        machine.place(machine.session.get_one(Note, (workshop.id, "a")), "t2")

    by_machine(session, workshop, sort_anew)
    before = sorting(session, workshop)
    seen_themes, seen_notes = {"t1": "Möten", "t2": "Bussar"}, {"a": "t1", "b": "t1"}
    assert refused(session, desk(workshop), "theme.confirm", theme="t1", label="Möten") == "overtaken"
    late: Json = {"themes": {"t1": "Möten"}, "notes": {"a": "t1"}}
    assert refused(session, desk(workshop), "theme.approve", **late) == "overtaken"
    assert sorting(session, workshop) == before
    act(session, desk(workshop), "theme.approve", themes=seen_themes, notes=seen_notes)
    assert {key for key, note in notes(session, workshop).items() if note["by_person"]} == {"b"}
    assert {theme["id"]: theme["named"] for theme in seen(session, workshop)["themes"]} == {"t1": False, "t2": True}
    assert log(session, workshop)[-1]["skipped"] == 2


def test_what_was_withdrawn_does_not_stop_the_rest_from_being_right(session: Session, workshop: Workshop) -> None:
    phone, studio = sit_down(session, workshop), desk(workshop)
    note = act(session, phone, "note.add", question="q1", text="ångrad")
    act(session, phone, "note.withdraw", note=note)
    assert refused(session, studio, "theme.approve", notes={note: None}) == "overtaken"
    act(session, studio, "theme.approve", themes={"t1": "Möten"}, notes={note: None})
    assert {theme["id"]: theme["named"] for theme in seen(session, workshop)["themes"]} == {"t1": True, "t2": False}
    assert refused(session, studio, "theme.approve", notes={f"n{n}": None for n in range(201)}) == "malformed"


def test_to_confirm_is_to_name(session: Session, workshop: Workshop) -> None:
    act(session, desk(workshop), "theme.confirm", theme="t1", label="Möten")
    assert {theme["id"]: theme["named"] for theme in seen(session, workshop)["themes"]} == {"t1": True, "t2": False}


def test_themes_are_merged_with_all_that_speaks_of_them(session: Session, workshop: Workshop) -> None:
    act(session, desk(workshop), "note.second", note="d", theme="t1")
    act(session, desk(workshop), "note.second", note="c", theme="t1")
    act(session, desk(workshop), "theme.merge", theme="t1", into="t2")
    assert places(session, workshop) == {"a": "t2", "b": "t2", "c": "t2", "d": None, "e": None}
    assert [notes(session, workshop)[key]["second"] for key in "cd"] == [None, "t2"]
    assert labels(session, workshop) == {"t2": "Bussar"}
    assert refused(session, desk(workshop), "theme.merge", theme="t2", into="t2") == "same_theme"


def test_the_notes_of_a_removed_theme_are_nowhere_and_as_touched_as_before(
    session: Session, workshop: Workshop
) -> None:
    act(session, desk(workshop), "theme.move", note="a", theme="t1")
    act(session, desk(workshop), "theme.remove", theme="t1")
    assert places(session, workshop) == {"a": None, "b": None, "c": "t2", "d": None, "e": None}
    assert [notes(session, workshop)[key]["by_person"] for key in "ab"] == [True, False]
    for kind, fields in (
        ("theme.move", {"note": "a", "theme": "t1"}),
        ("theme.rename", {"theme": "t1", "label": "Åter"}),
        ("theme.merge", {"theme": "t2", "into": "t1"}),
        ("theme.remove", {"theme": "t1"}),
        ("theme.order", {"themes": ["t2", "t1"]}),
        ("note.second", {"note": "a", "theme": "t1"}),
    ):
        assert refused(session, desk(workshop), kind, **fields) == "unknown_theme"


def test_themes_are_put_in_an_order_of_one_s_own_and_back(session: Session, workshop: Workshop) -> None:
    studio = desk(workshop)
    third = act(session, studio, "theme.add", label="Skolan")
    act(session, studio, "theme.order", themes=[third, "t1"])
    assert list(labels(session, workshop)) == [third, "t2", "t1"], "who is not named stays where it is"
    assert seen(session, workshop)["workshop"]["theme_order"] == "own"
    assert refused(session, studio, "theme.order", themes=["t1", "t1"]) == "same_theme"
    act(session, studio, "theme.order", themes=[])
    assert seen(session, workshop)["workshop"]["theme_order"] == "groups"


def test_a_note_takes_sides_asks_and_speaks_of_a_second_theme(session: Session, workshop: Workshop) -> None:
    studio = desk(workshop)
    act(session, studio, "note.side", notes=["a", "b"], side="condition")
    act(session, studio, "note.ask", notes=["a"], asks=False)
    act(session, studio, "note.second", note="a", theme="t2")
    note = notes(session, workshop)["a"]
    assert (note["theme"], note["second"], note["side"], note["asks"]) == ("t1", "t2", "condition", "no")
    act(session, studio, "note.side", notes=["a"], side=None)
    assert notes(session, workshop)["a"]["side"] is None
    assert refused(session, studio, "note.second", note="b", theme="t1") == "same_theme"
    act(session, studio, "theme.move", note="a", theme="t2")
    assert notes(session, workshop)["a"]["second"] is None, "it is its first now"


def test_what_is_not_there_is_refused_and_what_was_withdrawn_is_left_out(session: Session, workshop: Workshop) -> None:
    phone, studio = sit_down(session, workshop), desk(workshop)
    added = mutation("note.add", question="q1", text="ångrad")
    send(session, phone, added, mutation("note.withdraw", note=added["id"]))
    assert refused(session, studio, "theme.move", note=added["id"], theme="t1") == "withdrawn"
    assert refused(session, studio, "theme.place", notes=["a", "no"], theme="t2") == "unknown_note"
    assert refused(session, studio, "theme.place", notes=[], theme="t2") == "malformed"
    assert refused(session, studio, "theme.place", notes=["a"] * 201, theme="t2") == "malformed"
    assert refused(session, studio, "theme.add", label="Ny", question="q9") == "unknown_question"
    assert refused(session, studio, "action.undo", action="no") == "unknown_action"
    act(session, studio, "theme.place", notes=[added["id"], "a"], theme="t2")
    assert places(session, workshop)["a"] == "t2"


def test_two_acts_in_one_push_see_each_other(session: Session, workshop: Workshop) -> None:
    made = mutation("theme.add", label="Skolan")
    moved = mutation("theme.move", note="a", theme=made["id"])
    taken_back = mutation("action.undo", action=moved["id"])
    assert outcomes(send(session, desk(workshop), made, moved, taken_back)) == ["ok"] * 3
    assert places(session, workshop)["a"] == "t1"
    assert outcomes(send(session, desk(workshop), made, moved)) == ["duplicate"] * 2


def test_the_studio_is_told_and_nobody_else(session: Session, workshop: Workshop) -> None:
    phone, studio = sit_down(session, workshop), desk(workshop)
    screen = Actor(Role.SCREEN, workshop=workshop.id)
    send(session, studio, mutation("round.share", question="q1", shared=True))
    rooms = (phone.room, screen.room)
    known = seen(session, workshop)["revision"]
    before = [(changes(session, room, 0)["notes"], state_of(session, room)) for room in rooms]
    for kind, fields in ACTS.items():
        if kind != "theme.order":  # a choice of the workshop's, and told with it
            act(session, studio, kind, **fields)
            undo(session, studio, log(session, workshop)[-1]["id"])
    assert [(changes(session, room, 0)["notes"], state_of(session, room)) for room in rooms] == before
    for room in rooms:
        told = changes(session, room, known)
        assert (told["notes"], told["groups"], told["themes"]) == ([], [], [])
        assert "actions" not in told and "workshop" not in told


def test_a_removed_theme_is_gone_for_who_knew_it_and_unknown_to_who_comes(session: Session, workshop: Workshop) -> None:
    known = seen(session, workshop)["revision"]
    act(session, desk(workshop), "theme.remove", theme="t1")
    told = seen(session, workshop, known)
    assert [(theme["id"], theme.get("gone")) for theme in told["themes"]] == [("t1", True)]
    assert sorted(note["id"] for note in told["notes"]) == ["a", "b"]
    assert all(note["revision"] > known for note in told["notes"])
    assert [theme["id"] for theme in seen(session, workshop)["themes"]] == ["t2"]


def test_a_new_note_begins_as_the_page_is_told(session: Session, workshop: Workshop) -> None:
    added = mutation("note.add", question="q1", text="ny")
    send(session, sit_down(session, workshop), added)
    note = notes(session, workshop)[added["id"]]
    assert {key: note[key] for key in UNSORTED} == UNSORTED


@pytest.mark.parametrize("state", State)
def test_notes_are_sorted_until_the_summary_stands(session: Session, state: State) -> None:
    workshop = make_sorted(session, state=state, opened=False)
    found = outcomes(send(session, desk(workshop), *(mutation(kind, **fields) for kind, fields in ACTS.items())))
    stands = state in {State.ADOPTED, State.PURGED}
    assert found == ["adopted"] * len(ACTS) if stands else found[:5] == ["ok"] * 5


def test_only_who_may_sort_sorts_and_the_theme_team_does_nothing_else(session: Session, workshop: Workshop) -> None:
    _, bo = people(session, workshop)
    phone, screen = sit_down(session, workshop), Actor(Role.SCREEN, workshop=workshop.id)
    for kind, fields in {**ACTS, "action.undo": {"action": "x"}}.items():
        assert refused(session, phone, kind, **fields) == refused(session, screen, kind, **fields) == "forbidden"
    act(session, bo, "theme.move", note="a", theme="t2")
    others: dict[str, dict[str, Any]] = {
        "note.add": {"text": "x", "question": "q1", "group": 1},
        "note.edit": {"note": "a", "text": "x"},
        "note.hide": {"note": "a", "reason": "x"},
        "round.open": {"question": "q1"},
        "workshop.state": {"state": "closed"},
        "screen.show": {"view": "notes"},
        "group.add": {},
        "message.send": {"text": "x"},
    }
    assert {kind: refused(session, bo, kind, **fields) for kind, fields in others.items()} == dict.fromkeys(
        others, "forbidden"
    )


def test_each_is_told_who_they_are(session: Session, workshop: Workshop) -> None:
    anna, bo = people(session, workshop)
    assert you(session, anna)["you"] == {"name": "Anna", "actor": anna.name, "role": "facilitator"}
    assert you(session, bo)["you"] == {"name": "Bo", "actor": bo.name, "role": "theme_team"}
    assert you(session, Actor(Role.SCREEN, workshop=workshop.id)) == {}


def test_the_studio_s_state_counts_the_sorting(session: Session, workshop: Workshop) -> None:
    studio = desk(workshop)
    before = state_of(session, studio.room)
    moved = act(session, studio, "theme.move", note="a", theme="t2")
    after = state_of(session, studio.room)
    assert after != before
    undo(session, studio, moved)
    assert state_of(session, studio.room) not in {before, after}, "it is another revision of the note"


def test_an_evening_without_notes_has_nothing_to_sort(session: Session) -> None:
    workshop = make_sorted(session, notes=(), themes=(), questions=make_evening().questions)
    assert sorting(session, workshop) == {"order": "groups", "themes": [], "notes": {}}
