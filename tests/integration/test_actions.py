"""The log of the sorting: who did what, what can be taken back and what cannot, and what the machine may not do."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factories import desk, mutation, outcomes, send
from sorting import ACTS, act, by_machine, labels, log, make_sorted, notes, people, places, refused, seen, sorting, undo
from verkstad.domain.theme import Asks
from verkstad.services.actions import Act
from verkstad.services.changes import you
from verkstad.storage import Note, Theme, Workshop


@pytest.fixture
def workshop(session: Session) -> Workshop:
    return make_sorted(session)


@pytest.mark.parametrize("kind", ACTS)
def test_an_act_is_logged_undone_and_done_again(session: Session, workshop: Workshop, kind: str) -> None:
    anna, bo = people(session, workshop)
    before = sorting(session, workshop)
    done = act(session, anna, kind, **ACTS[kind])
    after = sorting(session, workshop)
    assert after != before
    undone = undo(session, bo, done)
    assert sorting(session, workshop) == before
    assert refused(session, anna, "action.undo", action=done) == "overtaken"
    redone = undo(session, anna, undone)
    assert sorting(session, workshop) == after
    told = [(a["id"], a["by"], a["kind"], a["undoes"], a["undone_by"], a["skipped"]) for a in log(session, workshop)]
    assert told == [
        (done, "Anna", kind, None, None, 0),
        (undone, "Bo", "action.undo", done, redone, 0),
        (redone, "Anna", "action.undo", undone, None, 0),
    ]
    undo(session, bo, done)
    assert sorting(session, workshop) == before


@pytest.mark.parametrize("kind", ACTS)
def test_the_log_says_whose_an_act_is_and_what_it_concerns(session: Session, workshop: Workshop, kind: str) -> None:
    anna, _ = people(session, workshop)
    fields = ACTS[kind]
    done = act(session, anna, kind, **fields)
    [action] = log(session, workshop)
    me = you(session, anna)["you"]
    assert (action["id"], action["by"], action["actor"]) == (done, me["name"], me["actor"])
    named = {*fields.get("notes", []), *([fields["note"]] if "note" in fields else [])}
    assert set(action["notes"]) == (named or ({"a", "b"} if kind in {"theme.merge", "theme.remove"} else set()))
    if kind == "theme.merge":
        assert action["themes"] == ["t1", "t2"]


def test_an_act_that_changes_nothing_is_taken_and_not_logged(session: Session, workshop: Workshop) -> None:
    act(session, desk(workshop), "note.side", notes=["a"], side=None)
    act(session, desk(workshop), "theme.order", themes=[])
    assert log(session, workshop) == []


def test_an_undo_leaves_what_others_went_on_from(session: Session, workshop: Workshop) -> None:
    anna, bo = people(session, workshop)
    moved = act(session, anna, "theme.place", notes=["a", "d"], theme="t2")
    act(session, bo, "theme.move", note="a", theme=None)
    undo(session, anna, moved)
    assert places(session, workshop) == {"a": None, "b": "t1", "c": "t2", "d": None, "e": None}
    assert log(session, workshop)[-1]["skipped"] == 1


def test_of_two_moves_the_last_wins_and_each_can_be_taken_back(session: Session, workshop: Workshop) -> None:
    anna, bo = people(session, workshop)
    first = act(session, anna, "theme.move", note="d", theme="t1")
    second = act(session, bo, "theme.move", note="d", theme="t2")
    assert places(session, workshop)["d"] == "t2"
    assert [(a["id"], a["notes"]) for a in log(session, workshop)] == [(first, ["d"]), (second, ["d"])]
    assert refused(session, anna, "action.undo", action=first) == "overtaken"
    undo(session, anna, second)
    assert places(session, workshop)["d"] == "t1"
    undo(session, anna, first)
    assert places(session, workshop)["d"] is None
    assert not notes(session, workshop)["d"]["by_person"]


def test_a_theme_that_others_use_stays_when_its_making_is_undone(session: Session, workshop: Workshop) -> None:
    anna, bo = people(session, workshop)
    made = act(session, anna, "theme.add", label="Skolan", notes=["a"])
    act(session, bo, "theme.move", note="e", theme=made)
    undo(session, anna, made)
    assert places(session, workshop)["a"] == "t1"
    assert places(session, workshop)["e"] == made
    assert made in labels(session, workshop)


def test_a_note_does_not_go_back_to_a_theme_that_is_gone(session: Session, workshop: Workshop) -> None:
    studio = desk(workshop)
    moved = act(session, studio, "theme.move", note="a", theme="t2")
    act(session, studio, "theme.remove", theme="t1")
    assert refused(session, studio, "action.undo", action=moved) == "overtaken"
    assert places(session, workshop)["a"] == "t2"


def test_a_theme_does_not_come_back_to_a_name_that_another_has_now(session: Session, workshop: Workshop) -> None:
    studio = desk(workshop)
    removed = act(session, studio, "theme.remove", theme="t1")
    renamed = act(session, studio, "theme.rename", theme="t2", label="Möten")
    assert refused(session, studio, "action.undo", action=removed) == "label_taken"
    undo(session, studio, renamed)
    undo(session, studio, removed)
    assert labels(session, workshop) == {"t1": "Möten", "t2": "Bussar"}


def test_the_machine_leaves_alone_what_people_placed_named_or_decided(session: Session, workshop: Workshop) -> None:
    studio = desk(workshop)
    act(session, studio, "theme.move", note="a", theme="t1")
    act(session, studio, "theme.rename", theme="t2", label="Tåg")
    act(session, studio, "note.ask", notes=["b"], asks=False)
    before = sorting(session, workshop)

    def meddle(machine: Act) -> None:
        rows = {key: machine.session.get_one(Note, (workshop.id, key)) for key in "ab"}
        themes = {key: machine.session.get_one(Theme, (workshop.id, key)) for key in ("t1", "t2")}
        machine.place(rows["a"], "t2")
        machine.set(rows["b"], "asks", [Asks.MAYBE])
        machine.set(themes["t2"], "name", ["Resor", False])
        machine.remove_theme(themes["t2"])

    by_machine(session, workshop, meddle)
    after = sorting(session, workshop)
    assert (after["themes"], after["notes"]["a"], after["notes"]["b"]) == (
        before["themes"],
        before["notes"]["a"],
        before["notes"]["b"],
    )


def test_the_machine_s_act_is_one_in_the_log_that_anybody_undoes(session: Session, workshop: Workshop) -> None:
    before = sorting(session, workshop)

    def sort(machine: Act) -> None:
        theme = machine.add_theme("t3", "Skolan", keywords=["skola", "väg"], quotation_id="d")
        machine.place(machine.session.get_one(Note, (workshop.id, "d")), theme.id)
        machine.place(machine.session.get_one(Note, (workshop.id, "e")), theme.id, sure=False)

    by_machine(session, workshop, sort)
    note, theme = notes(session, workshop)["e"], seen(session, workshop)["themes"][-1]
    assert (note["theme"], note["sure"], note["by_person"]) == ("t3", False, False)
    assert (theme["named"], theme["keywords"], theme["quotation"]) == (False, ["skola", "väg"], "d")
    [action] = log(session, workshop)
    assert (action["by"], action["actor"], action["notes"], action["themes"]) == (None, "machine", ["d", "e"], ["t3"])
    undo(session, people(session, workshop)[1], action["id"])
    assert sorting(session, workshop) == before


def test_the_log_is_the_last_hundred_and_forgets_nothing_that_can_be_undone(session: Session) -> None:
    workshop = make_sorted(session)
    studio = desk(workshop)
    moves = [mutation("theme.move", note="d", theme=f"t{1 + n % 2}") for n in range(102)]
    back = [mutation("action.undo", action=move["id"]) for move in reversed(moves)]
    for batch in (moves[:50], moves[50:100], moves[100:], back[:50], back[50:100], back[100:]):
        if batch[0] is back[0]:
            assert [action["id"] for action in log(session, workshop)] == [move["id"] for move in moves[2:]]
        assert outcomes(send(session, studio, *batch)) == ["ok"] * len(batch)
    assert session.get_one(Note, (workshop.id, "d")).theme_id is None
