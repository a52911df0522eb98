"""The summary's lines: who may write them, two at the same line, what the log keeps, what the studio is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from factories import desk, make_evening, sit_down
from running import Server
from sorting import act, log, make_sorted, people, refused, seen, undo
from verkstad.domain.errors import NotFound
from verkstad.domain.roles import Actor, Role
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import FileLine, FileNote, FileTheme
from verkstad.services.changes import changes
from verkstad.services.exports import evening_of
from verkstad.services.versions import versions
from verkstad.storage import SummaryLine, Workshop
from verkstad.storage.base import begin_write, now
from writing import Json, let_time_pass, lines, rewrite, two_at_the_desk, write


@pytest.fixture
def workshop(session: Session) -> Workshop:
    return make_sorted(session)


def test_a_line_is_told_with_all_it_has(session: Session, workshop: Workshop) -> None:
    siri, _ = two_at_the_desk(session, workshop)
    line = write(session, siri, "Mötesplatser\u0301", section="theme:t1", notes=["b", "a", "b"], theme="t1")
    [told] = seen(session, workshop)["lines"]
    assert now() - timedelta(minutes=5) < session.get_one(SummaryLine, (workshop.id, line)).written_at  # type: ignore[operator]
    assert told.pop("at").endswith("Z")
    assert told.pop("order")
    assert told == {
        "id": line,
        "section": "theme:t1",
        "text": "Mötesplatseŕ",
        "notes": ["b", "a"],
        "theme": "t1",
        "by": "Siri",
        "held": None,
        "revision": seen(session, workshop)["revision"],
    }


def test_nobody_but_the_studio_hears_of_lines(session: Session, workshop: Workshop) -> None:
    write(session, desk(workshop), "Hemligt")
    for actor in (sit_down(session, workshop), Actor(Role.SCREEN, workshop=workshop.id)):
        assert "Hemligt" not in str(changes(session, actor.room, 0))


@pytest.mark.parametrize("kind", ["line.add", "line.edit", "line.move", "line.remove", "line.hold", "line.release"])
def test_only_the_desk_writes(session: Session, workshop: Workshop, kind: str) -> None:
    line = write(session, desk(workshop), "Ett")
    more: dict[str, Json] = {
        "line.add": {"section": "intro", "after": None, "text": "x"},
        "line.edit": {"line": line, "seen": 99, "text": "x"},
        "line.move": {"line": line, "section": "voices", "after": None},
    }
    fields = more.get(kind, {"line": line})
    anna, team = people(session, workshop)
    for actor in (team, sit_down(session, workshop), Actor(Role.SCREEN, workshop=workshop.id)):
        assert refused(session, actor, kind, **fields) == "forbidden"
    assert refused(session, anna, kind, **fields) == "ok"


def test_who_only_sorts_does_not_undo_what_was_written(session: Session, workshop: Workshop) -> None:
    _, team = people(session, workshop)
    line = write(session, desk(workshop), "Ett")
    assert refused(session, team, "action.undo", action=line) == "forbidden"
    assert line in lines(session, workshop)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"section": "elsewhere"}, "malformed"),
        ({"section": "group:01"}, "malformed"),
        ({"section": "theme:nope"}, "unknown_theme"),
        ({"section": "question:nope"}, "unknown_question"),
        ({"section": "group:9"}, "unknown_group"),
        ({"notes": ["a", "nope"]}, "unknown_note"),
        ({"theme": "nope"}, "unknown_theme"),
        ({"text": "x" * 4001}, "line_too_long"),
        ({"text": "x\x00"}, "control_characters"),
    ],
)
def test_what_cannot_be_kept_is_refused(session: Session, workshop: Workshop, fields: Json, code: str) -> None:
    given: Json = {"section": "intro", "after": None, "text": "x"}
    assert refused(session, desk(workshop), "line.add", **(given | fields)) == code
    assert lines(session, workshop) == {}


def test_a_line_under_a_theme_that_has_just_gone_is_taken(session: Session, workshop: Workshop) -> None:
    act(session, desk(workshop), "theme.remove", theme="t1")
    line = write(session, desk(workshop), "Möten", section="theme:t1")
    assert lines(session, workshop)[line]["section"] == "theme:t1"


def test_a_line_is_written_in_by_one_at_a_time(session: Session, workshop: Workshop) -> None:
    siri, sam = two_at_the_desk(session, workshop)
    line = write(session, siri, "Ett")
    act(session, siri, "line.hold", line=line)
    held = lines(session, workshop)[line]["held"]
    assert (held["by"], held["actor"]) == ("Siri", siri.name)
    revision = lines(session, workshop)[line]["revision"]
    for kind in ("line.hold", "line.remove"):
        assert refused(session, sam, kind, line=line) == "held"
    assert refused(session, sam, "line.edit", line=line, seen=revision, text="Två") == "held"
    assert refused(session, sam, "action.undo", action=line) == "held"
    act(session, sam, "line.release", line=line)
    assert lines(session, workshop)[line]["held"] == held
    rewrite(session, workshop, siri, line, "Ett och ett halvt")
    act(session, siri, "line.release", line=line)
    assert lines(session, workshop)[line]["held"] is None
    rewrite(session, workshop, sam, line, "Två")
    assert lines(session, workshop)[line]["text"] == "Två"


def test_a_hold_runs_out_by_itself(session: Session, workshop: Workshop) -> None:
    siri, sam = two_at_the_desk(session, workshop)
    line = write(session, siri, "Ett")
    act(session, siri, "line.hold", line=line)
    let_time_pass(session, workshop)
    assert lines(session, workshop)[line]["held"] is None
    act(session, sam, "line.hold", line=line)
    assert lines(session, workshop)[line]["held"]["by"] == "Sam"


def test_nobody_writes_over_what_they_have_not_seen(session: Session, workshop: Workshop) -> None:
    siri, sam = two_at_the_desk(session, workshop)
    line = write(session, siri, "Ett")
    known = lines(session, workshop)[line]["revision"]
    rewrite(session, workshop, sam, line, "Två")
    assert refused(session, siri, "line.edit", line=line, seen=known, text="Tre") == "line_changed"
    assert lines(session, workshop)[line]["text"] == "Två"


def test_one_person_in_two_windows_does_not_write_over_oneself(session: Session, workshop: Workshop) -> None:
    siri, _ = two_at_the_desk(session, workshop)
    line = write(session, siri, "Ett")
    known = lines(session, workshop)[line]["revision"]
    act(session, siri, "line.edit", line=line, seen=known, text="Två")
    assert refused(session, siri, "line.edit", line=line, seen=known, text="Tre") == "line_changed"
    assert lines(session, workshop)[line]["text"] == "Två"


def test_that_a_line_was_moved_or_held_is_no_surprise(session: Session, workshop: Workshop) -> None:
    siri, sam = two_at_the_desk(session, workshop)
    line = write(session, siri, "Ett")
    known = lines(session, workshop)[line]["revision"]
    act(session, sam, "line.move", line=line, section="voices", after=None)
    act(session, siri, "line.hold", line=line)
    act(session, siri, "line.edit", line=line, seen=known, notes=["a"])
    told = lines(session, workshop)[line]
    assert (told["text"], told["notes"], told["section"]) == ("Ett", ["a"], "voices")


def test_a_line_that_was_removed_is_written_in_by_nobody(session: Session, workshop: Workshop) -> None:
    siri, sam = two_at_the_desk(session, workshop)
    line = write(session, siri, "Ett")
    known = seen(session, workshop)["revision"]
    gone = act(session, sam, "line.remove", line=line)
    [told] = seen(session, workshop, known)["lines"]
    assert told == {"id": line, "revision": known + 1, "gone": True}
    assert refused(session, siri, "line.edit", line=line, seen=known, text="Två") == "line_removed"
    assert refused(session, siri, "line.edit", line="nope", seen=known, text="Två") == "unknown_line"
    undo(session, siri, gone)
    assert lines(session, workshop)[line]["text"] == "Ett"


def test_what_is_written_in_one_go_is_taken_back_in_one(session: Session, workshop: Workshop) -> None:
    siri, sam = two_at_the_desk(session, workshop)
    line = write(session, siri, "Ett")
    let_time_pass(session, workshop)
    spell = rewrite(session, workshop, siri, line, "Ett, tv")
    write(session, sam, "Något annat")
    rewrite(session, workshop, siri, line, "Ett, två")
    assert [action["kind"] for action in log(session, workshop)] == ["line.add", "line.edit", "line.add"]
    undone = undo(session, sam, spell)
    assert lines(session, workshop)[line]["text"] == "Ett"
    undo(session, siri, undone)
    assert lines(session, workshop)[line]["text"] == "Ett, två"


def test_an_undo_takes_no_line_away_that_somebody_has_written_in_since(session: Session, workshop: Workshop) -> None:
    siri, sam = two_at_the_desk(session, workshop)
    line = write(session, siri, "Ett")
    written = rewrite(session, workshop, sam, line, "Två")
    assert refused(session, siri, "action.undo", action=line) == "overtaken"
    undo(session, sam, written)
    undone = undo(session, siri, line)
    assert lines(session, workshop) == {}
    undo(session, siri, undone)
    assert lines(session, workshop)[line]["text"] == "Ett"


def test_versions_tell_who_wrote_what(session: Session, workshop: Workshop) -> None:
    siri, sam = two_at_the_desk(session, workshop)
    line = write(session, siri, "Ett", notes=["a"])
    rewrite(session, workshop, sam, line, "Två")
    act(session, siri, "line.edit", line=line, seen=lines(session, workshop)[line]["revision"], notes=["a", "b"])
    rewrite(session, workshop, siri, line, "Tre")
    gone = act(session, sam, "line.remove", line=line)
    undo(session, sam, gone)
    act(session, sam, "line.move", line=line, section="voices", after=None)
    told = [(each["text"], each["notes"], each["by"]) for each in versions(session, workshop.id, line)]
    assert told == [("Ett", ["a"], "Siri"), ("Två", ["a"], "Sam"), ("Tre", ["a", "b"], "Siri")]
    assert all(each["at"].endswith("Z") for each in versions(session, workshop.id, line))
    with pytest.raises(NotFound):
        versions(session, workshop.id, "nope")


def test_what_came_with_a_file_is_the_first_version(session: Session) -> None:
    workshop = make_sorted(session, lines=(FileLine(id="l", section="intro", text="Ett", notes=("a",)),))
    first = {"text": "Ett", "notes": ["a"], "by": None, "at": None}
    assert versions(session, workshop.id, "l") == [first]
    rewrite(session, workshop, desk(workshop), "l", "Två")
    assert [each["text"] for each in versions(session, workshop.id, "l")] == ["Ett", "Två"]


def test_versions_and_drafts_are_for_who_may_write(server: Server) -> None:
    theme = FileTheme(id="t1", label="Möten", notes=("n1",))
    evening = make_evening(
        notes=(FileNote(id="n1", group=1, text="Fler träffar", question="q1"),),
        themes=(theme,),
        lines=(FileLine(id="l1", section="theme:t1", text="Ett"),),
    )
    code, _ = server.import_evening(evening)

    def ask(path: str, token: str | None) -> tuple[int, object]:
        return server.request("GET", f"/api/v1/workshops/{code}/{path}", token=token)

    studio, team = server.token(code, "studio"), server.token(code, "themes")
    assert ask("lines/l1/versions", studio) == (200, [{"text": "Ett", "notes": [], "by": None, "at": None}])
    assert ask("lines/nope/versions", studio)[0] == 404
    status, drafts = ask("drafts?section=theme:t1", studio)
    assert (status, drafts) == (
        200,
        [
            {"text": "**Möten** lyftes av grupp 1.", "notes": ["n1"]},
            {"text": "Grupp 1 skrev: ”Fler träffar”", "notes": ["n1"]},
        ],
    )
    assert ask("drafts?section=nowhere", studio) == (200, [])
    for path in ("lines/l1/versions", "drafts?section=theme:t1"):
        assert ask(path, team)[0] == 403
        assert ask(path, server.join(code, 1)["token"])[0] == 403
        assert ask(path, None)[0] == 401


def test_a_file_names_no_theme_that_has_gone(session: Session, workshop: Workshop) -> None:
    line = write(session, desk(workshop), "Möten", section="theme:t1", theme="t1")
    act(session, desk(workshop), "theme.remove", theme="t1")
    [kept] = evening_of(session, session.get_one(Workshop, workshop.id)).lines
    assert (kept.id, kept.section, kept.theme) == (line, "theme:t1", None)


def test_an_adopted_summary_is_written_in_no_more(session: Session, workshop: Workshop) -> None:
    line = write(session, desk(workshop), "Ett")
    begin_write(session)
    session.get_one(Workshop, workshop.id).state = State.ADOPTED
    session.commit()
    assert refused(session, desk(workshop), "line.add", section="intro", after=None, text="x") == "adopted"
    assert refused(session, desk(workshop), "line.hold", line=line) == "adopted"
    assert refused(session, desk(workshop), "line.remove", line=line) == "adopted"
