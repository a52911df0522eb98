"""What people answer to what the machine proposes."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from sorting import answered, labels, make_sorted, notes, propose, seen
from verkstad.storage.suggestion import Kind


def test_a_split_is_agreed_to_but_for_what_people_have_placed(session: Session) -> None:
    workshop = make_sorted(session)
    suggestion = propose(session, workshop, Kind.SPLIT, theme="t1", notes=["a", "b"], label="Bussar")
    assert answered(session, workshop, "theme.move", note="b", theme="t2") == "ok"
    assert answered(session, workshop, "suggestion.accept", suggestion=suggestion) == "ok"
    now, [new] = notes(session, workshop), [t for t in labels(session, workshop) if t not in {"t1", "t2"}]
    assert (now["a"]["theme"], now["b"]["theme"]) == (new, "t2")
    assert labels(session, workshop)[new] == "Bussar (2)"
    assert not now["a"]["by_person"]
    assert seen(session, workshop)["suggestions"] == []
    assert answered(session, workshop, "suggestion.accept", suggestion=suggestion) == "overtaken"


def test_a_merge_takes_everything_and_is_undone(session: Session) -> None:
    workshop = make_sorted(session)
    suggestion = propose(session, workshop, Kind.MERGE, theme="t1", into="t2")
    answered(session, workshop, "theme.move", note="d", theme="t1")
    assert answered(session, workshop, "suggestion.accept", suggestion=suggestion) == "ok"
    assert {note["theme"] for key, note in notes(session, workshop).items() if key in "abcd"} == {"t2"}
    [*_, last] = seen(session, workshop)["actions"]
    assert last["kind"] == "suggestion.accept"
    assert answered(session, workshop, "action.undo", action=last["id"]) == "ok"
    assert [notes(session, workshop)[key]["theme"] for key in "abcd"] == ["t1", "t1", "t2", "t1"]


def test_another_sorting_moves_what_is_agreed_to_and_takes_empty_themes_away(session: Session) -> None:
    workshop = make_sorted(session)
    new = {"id": "t9", "label": "Bussar", "keywords": ["buss"], "quotation": "a"}
    moves = [
        {"note": key, "from": theme, "to": "t9", "sure": True} for key, theme in (("a", "t1"), ("c", "t2"), ("d", None))
    ]
    suggestion = propose(session, workshop, Kind.RESORT, moves=moves, themes=[new])
    answered(session, workshop, "theme.move", note="d", theme="t1")
    assert answered(session, workshop, "suggestion.accept", suggestion=suggestion) == "ok"
    assert [notes(session, workshop)[key]["theme"] for key in "abcd"] == ["t9", "t1", "t9", "t1"]
    assert labels(session, workshop).keys() == {"t1", "t9"}


def test_a_theme_with_nothing_left_to_see_goes_when_another_sorting_empties_it(session: Session) -> None:
    workshop = make_sorted(session)
    moves = [{"note": "a", "from": "t1", "to": "t2", "sure": True}]
    suggestion = propose(session, workshop, Kind.RESORT, moves=moves, themes=[])
    assert answered(session, workshop, "note.hide", note="b", reason="namn") == "ok"
    assert answered(session, workshop, "suggestion.accept", suggestion=suggestion) == "ok"
    assert labels(session, workshop).keys() == {"t2"}


def test_another_sorting_leaves_the_second_themes_that_people_have_said(session: Session) -> None:
    workshop = make_sorted(session)
    assert answered(session, workshop, "note.second", note="c", theme="t1") == "ok"
    moves = [{"note": key, "from": "t1", "to": "t2", "sure": True, "second": None} for key in "ab"]
    suggestion = propose(session, workshop, Kind.RESORT, moves=moves, themes=[])
    assert answered(session, workshop, "suggestion.accept", suggestion=suggestion) == "ok"
    assert notes(session, workshop)["c"]["second"] == "t1"
    assert labels(session, workshop).keys() == {"t1", "t2"}


@pytest.mark.parametrize("kind", ["suggestion.accept", "suggestion.dismiss"])
def test_what_was_said_no_to_is_gone(session: Session, kind: str) -> None:
    workshop = make_sorted(session)
    suggestion = propose(session, workshop, Kind.MERGE, theme="t1", into="t2")
    before = seen(session, workshop)["revision"]
    assert answered(session, workshop, "suggestion.dismiss", suggestion=suggestion) == "ok"
    told = seen(session, workshop, before)["suggestions"]
    assert [each.get("gone") for each in told] == [True]
    assert answered(session, workshop, kind, suggestion=suggestion) == "overtaken"
    assert answered(session, workshop, kind, suggestion="other") == "unknown_suggestion"


def test_who_asks_is_told_at_once_with_every_table(session: Session) -> None:
    workshop = make_sorted(session)
    before = seen(session, workshop)["revision"]
    assert answered(session, workshop, "sorting.ask") == "ok"
    told = seen(session, workshop, before)
    assert told["workshop"]["sorting"]["state"] == "working"
    # A client that hears of the workshop forgets the tables that do not come with it.
    assert [group["number"] for group in told["groups"]] == [1, 2, 3]
