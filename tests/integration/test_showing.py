"""What the hall sees of themes: only what the facilitator shows, and that as it is now."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factories import desk, make_workshop, mutation, outcomes, send, sit_down
from verkstad.domain.roles import Room, RoomKind
from verkstad.domain.workshop_file import FileNote, FileTheme
from verkstad.services.changes import changes
from verkstad.storage import Workshop

PLACED = {"t1": ("n1",), "t2": ("n2", "n3"), "t3": ("n4", "n5", "n6"), "t4": ()}
GROUPS = {"n1": 1, "n2": 1, "n3": 2, "n4": 3, "n5": 3, "n6": 3}


def sorted_workshop(session: Session) -> Workshop:
    """t2 with two groups behind it, t3 with three notes of one group, t1 with one note, and t4 with none."""
    return make_workshop(
        session,
        notes=tuple(FileNote(id=n, group=group, text=f"Lapp {n}", question="q1") for n, group in GROUPS.items()),
        themes=tuple(
            FileTheme(id=t, label=t.upper(), notes=notes, quotation=notes[0] if notes else None)
            for t, notes in PLACED.items()
        ),
    )


def show(session: Session, workshop: Workshop, view: str, **fields: Any) -> list[str]:
    return outcomes(send(session, desk(workshop), mutation("screen.show", view=view, **fields)))


def shown(session: Session, workshop: Workshop, since: int = 0) -> dict[str, Any]:
    told = changes(session, Room(workshop.id, RoomKind.SCREEN), since)
    assert told["themes"] == [] and "actions" not in told
    return {key: value for key, value in told.items() if key.startswith("shown")}


def test_a_screen_is_told_of_no_theme_until_it_shows_one(session: Session) -> None:
    workshop = sorted_workshop(session)
    assert shown(session, workshop) == {}
    assert show(session, workshop, "theme") == ["ok"]
    assert shown(session, workshop) == {
        "shown_theme": {
            "id": "t2",
            "label": "T2",
            "groups": [1, 2],
            "position": 1,
            "of": 3,
            "quotation": {"text": "Lapp n2", "group": 1},
        }
    }
    assert show(session, workshop, "theme", theme="t1") == ["ok"]
    assert shown(session, workshop)["shown_theme"]["position"] == 3
    assert show(session, workshop, "theme", theme="t9") == ["unknown_theme"]
    assert show(session, workshop, "question") == ["ok"]
    assert shown(session, workshop) == {}


def test_a_picture_of_all_themes_has_their_groups_and_no_word_of_the_notes(session: Session) -> None:
    workshop = sorted_workshop(session)
    show(session, workshop, "themes")
    told = shown(session, workshop)["shown_themes"]
    assert [(theme["label"], theme["groups"]) for theme in told] == [("T2", [1, 2]), ("T3", [3]), ("T1", [1])]
    assert "Lapp" not in str(told)


def test_phones_are_told_of_no_theme_that_is_shown(session: Session) -> None:
    workshop = sorted_workshop(session)
    show(session, workshop, "theme")
    told = changes(session, sit_down(session, workshop, 3).room, 0)
    assert told["themes"] == [] and not [key for key in told if key.startswith("shown")]
    # The label in its quotes: a time after eight in the evening has the letters too.
    assert "screen_theme" not in told["workshop"] and "'T2'" not in str(told)


def test_what_changes_while_it_is_shown_is_told(session: Session) -> None:
    workshop = sorted_workshop(session)
    show(session, workshop, "theme")
    known = send(session, desk(workshop), mutation("theme.rename", theme="t2", label="Mötesplatser")).revision
    assert shown(session, workshop, known - 1)["shown_theme"]["label"] == "Mötesplatser"
    send(session, desk(workshop), mutation("note.hide", note="n2", reason="ett namn"))
    theme = shown(session, workshop, known)["shown_theme"]
    assert theme["groups"] == [2] and theme["quotation"] is None
    send(session, desk(workshop), mutation("theme.remove", theme="t2"))
    assert shown(session, workshop)["shown_theme"] is None


def test_what_one_group_says_again_lifts_no_theme(session: Session) -> None:
    workshop = sorted_workshop(session)
    paper = [mutation("note.add", question="q1", text="Lapp n1!", group=1) for _ in range(9)]
    place = mutation("theme.place", notes=[note["id"] for note in paper], theme="t1")
    assert set(outcomes(send(session, desk(workshop), *paper, place))) == {"ok"}
    show(session, workshop, "themes")
    assert [theme["id"] for theme in shown(session, workshop)["shown_themes"]] == ["t2", "t3", "t1"]
