"""Writing the minutes on their page: in one form, which loses nothing and overwrites nobody unseen."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from flask import Flask

from desks import Desk
from factories import make_evening
from verkstad.domain.errors import Conflict, Invalid
from verkstad.domain.minutes import Attendance, Item, Minutes, Occasion, Part, WorkGroup
from verkstad.domain.roles import Role
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import encode
from verkstad.extensions import db
from verkstad.services.exports import evening_of
from verkstad.services.imports import read_workshop_file
from verkstad.services.memberships import share
from verkstad.services.minutes import minutes_of, save_minutes
from verkstad.services.ports import NullBroadcaster
from verkstad.services.workshop_import import create_from_file
from verkstad.storage import Workshop, begin_write

PAGE = "/workshops/1/minutes"
WHOLE = Minutes(
    called="Rådet",
    time="16–18",
    present=(Attendance("Föreningarna", ("Ann", "Bo")),),
    absent=("Cia",),
    items=(Item("Välkomna", "Ordföranden hälsar.\n- kaffe"), Item("Samtal", part=Part.DIALOGUE)),
    work_groups=(WorkGroup("Karta", ("Ann",)),),
    calendar=(Occasion("? april", "17", "Salen", "Temakväll"),),
    watch_list=("Översiktsplanen",),
    taken_by="Eva",
)
TYPED = {
    "called": "Rådet",
    "time": "16–18",
    "present-0-body": "Föreningarna",
    "present-0-people": "Ann\r\n\r\n Bo ",
    "absent": "Cia",
    "items-0-heading": "Välkomna",
    "items-0-text": "Ordföranden hälsar.\r\n- kaffe",
    "items-1-heading": "Samtal",
    **{f"items-{i}-heading": "" for i in range(2, 6)},
    **{f"items-{i}-part": "" for i in range(2, 6)},
    "work_groups-0-task": "Karta",
    "work_groups-0-members": "Ann",
    "calendar-0-date": "? april",
    "calendar-0-time": "17",
    "calendar-0-place": "Salen",
    "calendar-0-what": "Temakväll",
    "watch_list": "Översiktsplanen",
    "taken_by": "Eva",
}


@pytest.fixture(autouse=True)
def workshop(app: Flask, anna: Desk) -> None:
    with app.app_context():
        assert create_from_file(db.session(), make_evening(), owner=anna.stored()).id == 1


def stored(app: Flask) -> tuple[Minutes, int]:
    with app.app_context():
        written = minutes_of(db.session(), 1)
        return written.minutes, written.revision


def test_what_is_typed_is_saved_and_comes_out(app: Flask, anna: Desk) -> None:
    page = anna.fill_in(PAGE, **TYPED)
    assert "The minutes are saved." in page.words
    assert stored(app) == (WHOLE, 1)
    made = anna.client.get("/workshops/1/export?as=md&view=minutes").text
    assert made.index("Föreningarna") < made.index("Välkomna") < made.index("? april") < made.index("Eva")
    again = anna.get(PAGE).form()
    assert {name: again[name] for name in ("called", "present-0-people", "items-1-part", "calendar-0-date")} == {
        "called": "Rådet",
        "present-0-people": "Ann\nBo",
        "items-1-part": "dialogue",
        "calendar-0-date": "? april",
    }


def test_the_first_time_the_usual_agenda_is_there_and_not_saved(app: Flask, anna: Desk) -> None:
    form = anna.get(PAGE).form()
    assert [form[f"items-{i}-heading"] for i in range(6)] == [
        *("Welcome", "The dialogue", "Work groups", "Calendar", "To keep an eye on", "Other matters")
    ]
    assert [form[f"items-{i}-part"] for i in range(6)] == ["", *Part, ""]
    assert stored(app) == (Minutes(), 0)


def test_a_row_more_and_a_row_up_keep_what_is_typed_and_store_nothing(app: Flask, anna: Desk) -> None:
    page = anna.fill_in(PAGE, **TYPED, act="add-calendar")
    assert page.root.xpath("//*[@autofocus]/@id") == ["calendar-1-date"]
    assert (
        page.form().items() >= {**TYPED, "present-0-people": "Ann\n\n Bo", "items-0-text": WHOLE.items[0].text}.items()
    )
    page = anna.post(PAGE, **(page.form() | {"act": "up-items-1"}))
    form = page.form()
    assert [form["items-0-heading"], form["items-1-heading"]] == ["Samtal", "Välkomna"]
    assert [form["items-0-part"], form["items-1-part"]] == ["dialogue", ""]
    assert page.root.xpath("//*[@autofocus]/@value") == ["down-items-0"]
    assert stored(app) == (Minutes(), 0)


@pytest.mark.parametrize(
    "act", ["up-items-0", "down-items-999", "up-items-", "add-called", "add-nonsense", "x", "add-"]
)
def test_a_button_that_is_none_harms_nothing(anna: Desk, act: str) -> None:
    assert anna.fill_in(PAGE, act=act).status == 200


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("called", "x" * 301, "Write at most 300 characters."),
        ("taken_by", "E\x07va", "The text has invisible control characters. Type it again instead of pasting it."),
        ("items-0-text", "x" * 20_001, "Write at most 20000 characters."),
        ("items-0-heading", "", "Give the item a heading."),
        ("items-0-part", "dialogue", "Item 1 has this already. It can stand in one place."),
        ("work_groups-0-task", "", "Say what the group is to do."),
        ("absent", "Ann\n" + "x" * 301, "Line 2: a line has at most 300 characters."),
        ("watch_list", "x\n" * 201, "Write at most 200 lines."),
    ],
)
def test_what_cannot_be_saved_is_told_where_it_stands_and_all_is_kept(
    app: Flask, anna: Desk, field: str, typed: str, message: str
) -> None:
    page = anna.fill_in(PAGE, **(TYPED | {field: typed}))
    assert message in page.words
    assert message in page.faults().values()
    form = page.form()
    assert form["calendar-0-what"] == "Temakväll"
    assert squeezed(form[field]) == squeezed(typed)
    assert stored(app) == (Minutes(), 0)


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\x07", "")


def test_two_who_save_at_once_both_see_both(app: Flask, anna: Desk) -> None:
    with app.app_context():
        bo = Desk(app, "bo", Role.SECRETARY)
        share(db.session(), 1, bo.email, Role.SECRETARY)
    annas, bos = anna.get(PAGE).form(), bo.get(PAGE).form()
    bo.post(PAGE, **(bos | {"called": "Bos råd", "taken_by": "Bo"}))
    page = anna.post(PAGE, **(annas | {"called": "Annas råd"}))
    assert "What you wrote is not saved yet" in page.words
    assert "Bo has saved the minutes since you opened them." in page.words
    assert [d.text_content().split() for d in page.root.iter("details")] == [
        ["Called", "Bos", "råd"],
        ["Notes", "taken", "by", "Bo"],
    ]
    assert page.form()["called"] == "Annas råd"
    assert stored(app)[0].called == "Bos råd"
    page = anna.post(PAGE, **(page.form() | {"taken_by": "Bo"}))
    assert "The minutes are saved." in page.words
    written, revision = stored(app)
    assert (written.called, written.taken_by, revision) == ("Annas råd", "Bo", 2)


def test_saving_the_same_twice_is_no_conflict(app: Flask, anna: Desk) -> None:
    form = anna.get(PAGE).form()
    for _ in range(2):
        assert "The minutes are saved." in anna.post(PAGE, **(form | TYPED)).words
    assert stored(app) == (WHOLE, 1)


def test_adopted_minutes_stay(app: Flask, anna: Desk) -> None:
    with app.app_context():
        begin_write(db.session())
        db.session().get_one(Workshop, 1).state = State.ADOPTED
        db.session().commit()
        with pytest.raises(Conflict):
            save_minutes(db.session(), 1, WHOLE, seen=0, by="Anna", broadcaster=NullBroadcaster())
    page = anna.fill_in(PAGE, **TYPED)
    assert "The workshop is adopted. Its minutes can no longer be changed." in page.words
    assert page.form()["called"] == "Rådet"


def test_minutes_are_in_the_workshop_file_and_come_back(app: Flask) -> None:
    with app.app_context():
        session = db.session()
        save_minutes(session, 1, WHOLE, seen=0, by="Anna", broadcaster=NullBroadcaster())
        first = evening_of(session, session.get_one(Workshop, 1))
        second = evening_of(session, create_from_file(session, read_workshop_file(encode(first), "evening.json")))
    assert first.minutes == second.minutes == WHOLE


@pytest.mark.parametrize(
    ("minutes", "line", "code"),
    [
        ({"items": [{"heading": "a"}, {"text": "b"}]}, 9, "missing_field"),
        ({"items": [{"heading": "a", "part": "dance"}]}, 8, "bad_field"),
        ({"taken_by": "x" * 301}, 5, "bad_field"),
        ({"calendar": [{"what": "bell\x07"}]}, 7, "control_characters"),
    ],
)
def test_minutes_that_cannot_be_kept_are_refused_with_their_line(minutes: Any, line: int, code: str) -> None:
    evening = {"format": "verkstad-workshop/1", "title": "Kväll", "minutes": minutes}
    with pytest.raises(Invalid) as refused:
        read_workshop_file(json.dumps(evening, indent=1).encode(), "evening.json")
    assert (refused.value.code, refused.value.params["line"]) == (code, line)


def test_texts_from_a_file_are_normal(app: Flask) -> None:
    evening = msgspec.structs.replace(make_evening(), minutes=Minutes(called="Ra\u030adet"))
    read = read_workshop_file(encode(evening), "evening.json").minutes
    assert read is not None
    assert read.called == "R\u00e5det"
