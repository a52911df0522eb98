"""What each room is told: all that it may see, nothing that it may not, and what it may see no longer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from factories import desk, make_workshop, mutation, outcomes, send, sit_down
from verkstad.domain.roles import Room, RoomKind
from verkstad.domain.workshop_file import FileTheme
from verkstad.services.changes import changes
from verkstad.services.ports import NullBroadcaster
from verkstad.services.workshops import Details, asked_in, edit_details, edit_questions
from verkstad.storage import Workshop


def screen(workshop: Workshop) -> Room:
    return Room(workshop.id, RoomKind.SCREEN)


def add(text: str, question: str | None = "q1") -> dict[str, Any]:
    return mutation("note.add", question=question, text=text)


def seen(session: Session, room: Room, since: int = 0) -> list[str | None]:
    return [n["text"] for n in changes(session, room, since)["notes"]]


def test_a_table_sees_its_own_notes_the_studio_all_and_the_screen_none_until_they_are_shared(session: Session) -> None:
    workshop = make_workshop(session)
    one, two = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    send(session, one, add("från ett"))
    send(session, two, add("från två"))
    assert seen(session, one.room) == ["från ett"]
    assert seen(session, desk(workshop).room) == ["från ett", "från två"]
    assert seen(session, screen(workshop)) == []
    send(session, desk(workshop), mutation("round.share", question="q1", shared=True))
    assert seen(session, one.room) == ["från ett", "från två"]
    assert seen(session, screen(workshop)) == ["från ett", "från två"]


def test_sharing_sends_the_notes_again_and_its_end_takes_them_back(session: Session) -> None:
    workshop = make_workshop(session)
    one, two = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    send(session, two, add("från två"))
    known = changes(session, one.room, 0)["revision"]
    known_shared = send(session, desk(workshop), mutation("round.share", question="q1", shared=True)).revision
    assert seen(session, one.room, known) == ["från två"]
    send(session, desk(workshop), mutation("round.share", question="q1", shared=False))
    [gone] = changes(session, one.room, known_shared)["notes"]
    assert gone["gone"] is True and gone["text"] is None and gone["reason"] == "unshared"
    assert seen(session, one.room) == [], "a fresh phone is told nothing of them"


def test_another_table_never_learns_that_an_unshared_note_exists(session: Session) -> None:
    workshop = make_workshop(session)
    one, two = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    known = changes(session, one.room, 0)["revision"]
    note = add("hemligt")
    send(session, two, note)
    send(session, two, mutation("note.edit", note=note["id"], text="hemligare"))
    send(session, desk(workshop), mutation("note.hide", note=note["id"], reason="x"))
    told = changes(session, one.room, known)
    assert told["notes"] == [] and [g["number"] for g in told["groups"]] == []
    send(session, desk(workshop), mutation("round.share", question="q1", shared=True))
    send(session, desk(workshop), mutation("round.share", question="q1", shared=False))
    after = add("efter delningen")
    send(session, two, after)
    assert after["id"] not in [n["id"] for n in changes(session, one.room, known)["notes"]]


def test_what_was_taken_away_before_the_sharing_is_not_told_with_it(session: Session) -> None:
    workshop = make_workshop(session)
    one, two = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    hidden, withdrawn = add("göms"), add("tas tillbaka")
    send(session, two, hidden, withdrawn)
    send(session, desk(workshop), mutation("note.hide", note=hidden["id"], reason="skäl"))
    known = send(session, two, mutation("note.withdraw", note=withdrawn["id"])).revision
    send(session, desk(workshop), mutation("round.share", question="q1", shared=True))
    assert changes(session, one.room, known)["notes"] == []


def test_what_is_told_is_of_one_moment(engine: Engine, session: Session) -> None:
    workshop = make_workshop(session)
    one, two = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    send(session, desk(workshop), mutation("round.share", question="q1", shared=True))
    begun: list[str] = []

    def meanwhile(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM notes" in statement and not begun:
            begun.append(statement)
            with Session(engine, expire_on_commit=False) as other:
                send(other, desk(workshop), mutation("round.share", question="q1", shared=False))
                send(other, two, add("skriven efter delningen"))

    event.listen(engine, "before_cursor_execute", meanwhile)
    assert seen(session, one.room) == []
    assert begun


def test_a_draft_s_new_questions_reach_who_has_it_open(session: Session) -> None:
    workshop = make_workshop(session, opened=False)
    known = changes(session, desk(workshop).room, 0)["revision"]
    assert "questions" not in changes(session, desk(workshop).room, known)
    edit_questions(session, workshop.id, asked_in(session, workshop.id)[1:], NullBroadcaster())
    assert [q["id"] for q in changes(session, desk(workshop).room, known)["questions"]] == ["q2"]


def test_what_changes_a_draft_s_tables_tells_them_all(session: Session) -> None:
    workshop = make_workshop(session, opened=False)
    known = changes(session, desk(workshop).room, 0)["revision"]
    details = Details(workshop.title, workshop.held_on, workshop.place, workshop.language)
    edit_details(session, workshop.id, details, ["Bord 1", "Bord 2"], NullBroadcaster())
    told = changes(session, desk(workshop).room, known)["groups"]
    assert [group["number"] for group in told] == [1, 2]  # the third is gone, though nothing else has changed


def test_hiding_and_withdrawing_take_a_shared_note_from_everyone(session: Session) -> None:
    workshop = make_workshop(session)
    one, two = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    hidden, withdrawn = add("göms"), add("tas tillbaka")
    send(session, two, hidden, withdrawn)
    known = send(session, desk(workshop), mutation("round.share", question="q1", shared=True)).revision
    send(session, desk(workshop), mutation("note.hide", note=hidden["id"], reason="skäl"))
    send(session, two, mutation("note.withdraw", note=withdrawn["id"]))
    for room in (one.room, screen(workshop)):
        told = {n["id"]: n for n in changes(session, room, known)["notes"]}
        assert told[hidden["id"]]["text"] is None and "why" not in told[hidden["id"]]
        assert told[withdrawn["id"]]["gone"] is True


def test_no_client_is_told_who_wrote_a_note(session: Session) -> None:
    workshop = make_workshop(session)
    one = sit_down(session, workshop, 1)
    send(session, one, add("x"))
    send(session, desk(workshop), mutation("round.share", question="q1", shared=True))
    for room in (one.room, desk(workshop).room, screen(workshop)):
        assert str(one.participant) not in str(changes(session, room, 0))


def test_boards_get_counts_and_phones_their_own_table_without_them(session: Session) -> None:
    workshop = make_workshop(session)
    one = sit_down(session, workshop, 1)
    sit_down(session, workshop, 1)
    send(session, one, add("a"), add("b"))
    table = changes(session, screen(workshop), 0)["groups"][0]
    assert (table["number"], table["notes"], table["joined"], table["late"]) == (1, 2, 2, 0)
    assert table["last_note_at"].endswith("Z")
    [own] = changes(session, one.room, 0)["groups"]
    assert own["number"] == 1 and "notes" not in own


def test_following_step_by_step_gives_what_a_snapshot_gives(session: Session) -> None:
    workshop = make_workshop(session)
    one, two = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    first, second = add("ett"), add("två")
    known, held = 0, {}
    for actor, step in (
        (one, first),
        (two, second),
        (desk(workshop), mutation("round.share", question="q1", shared=True)),
        (two, mutation("note.edit", note=second["id"], text="två igen")),
        (desk(workshop), mutation("note.hide", note=first["id"], reason="x")),
        (desk(workshop), mutation("note.unhide", note=first["id"])),
        (desk(workshop), mutation("round.share", question="q1", shared=False)),
    ):
        send(session, actor, step)
        told = changes(session, one.room, known)
        known = told["revision"]
        for note in told["notes"]:
            held[note["id"]] = note["text"]
        shown = {i: t for i, t in held.items() if t is not None}
        assert shown == {n["id"]: n["text"] for n in changes(session, one.room, 0)["notes"] if n["text"] is not None}


def test_a_client_that_is_ahead_of_a_restored_database_gets_everything(session: Session) -> None:
    workshop = make_workshop(session)
    send(session, sit_down(session, workshop), add("x"))
    told = changes(session, desk(workshop).room, 10_000)
    assert told["from"] == 0 and len(told["notes"]) == 1


def queries(session: Session, room: Room, since: int) -> int:
    """How many times the ORM goes to the database to tell a room."""
    count = 0

    def on_execute(*_: object) -> None:
        nonlocal count
        count += 1

    session.commit()
    event.listen(session.get_bind(), "before_cursor_execute", on_execute)
    changes(session, room, since)
    event.remove(session.get_bind(), "before_cursor_execute", on_execute)
    return count


def test_a_snapshot_is_a_fixed_number_of_queries(session: Session) -> None:
    workshop = make_workshop(session)
    phone, room = sit_down(session, workshop), desk(workshop).room
    few = queries(session, room, 0)
    send(session, phone, *(add(str(n)) for n in range(40)))
    assert queries(session, room, 0) == few


def test_a_table_is_not_looked_up_while_others_write_and_is_for_all_that_it_sees(session: Session) -> None:
    workshop = make_workshop(session, themes=(FileTheme(id="t1", label="Lokaler", notes=()),))
    one, two = sit_down(session, workshop, 1), sit_down(session, workshop, 2)
    note, opened = add("från ett"), mutation("vote.open", on="themes", each="table", dots=3)
    known = send(session, one, note).revision
    others = send(session, two, add("från två"))
    told = changes(session, one.room, known)
    assert told["revision"] == others.revision and not told["notes"]
    assert queries(session, one.room, known) == 0
    studio = desk(workshop)
    for part, who, change in [
        ("notes", one, mutation("note.edit", note=note["id"], text="ändrad")),
        ("notes", studio, mutation("note.hide", note=note["id"], reason="namn")),
        ("notes", studio, mutation("note.unhide", note=note["id"])),
        ("groups", studio, mutation("group.rename", group=1, name="Nytt namn")),
        ("groups", one, mutation("scribe.take")),
        ("workshop", studio, mutation("message.send", text="Fem minuter kvar")),
        ("rounds", studio, mutation("round.open", question="q2")),
        ("votings", studio, opened),
        ("votings", one, mutation("vote.cast", voting=opened["id"], target="t1", dots=1)),
        ("notes", studio, mutation("round.share", question="q1", shared=True)),
        ("notes", two, add("nu ser alla")),
        ("rounds", studio, mutation("round.share", question="q1", shared=False)),
    ]:
        assert outcomes(send(session, who, change)) == ["ok"], change
        told = changes(session, one.room, known)
        assert told.get(part), change
        known = told["revision"]


def test_boards_get_the_count_of_each_question_too(session: Session) -> None:
    workshop = make_workshop(session)
    send(session, sit_down(session, workshop, 1), add("a"), add("b"), add("utan fråga", None))
    table = changes(session, screen(workshop), 0)["groups"][0]
    assert (table["notes"], table["by_question"]) == (3, {"q1": 2})


def test_the_studio_is_told_of_withdrawn_notes_from_the_start_so_that_its_numbers_are_those_of_the_documents(
    session: Session,
) -> None:
    workshop = make_workshop(session)
    one = sit_down(session, workshop, 1)
    withdrawn, kept = add("tas tillbaka"), add("blir kvar")
    send(session, one, withdrawn, kept, mutation("note.withdraw", note=withdrawn["id"]))
    for since in (0, 1):
        gone, there = changes(session, desk(workshop).room, since)["notes"]
        assert (gone["gone"], gone["text"], there["text"]) == (True, None, "blir kvar")
        assert gone["order"] < there["order"]
    assert seen(session, one.room) == ["blir kvar"]
