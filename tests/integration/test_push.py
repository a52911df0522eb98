"""What a push promises: once, in order, answered one by one, and never more than one may."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from factories import desk, make_workshop, mutation, outcomes, send, sit_down
from verkstad.domain.note import Source
from verkstad.services.changes import changes
from verkstad.services.delta import decode_delta
from verkstad.services.ports import Teller
from verkstad.storage import Group, Note, Round, Workshop


def texts(session: Session, workshop: Workshop) -> list[str]:
    return list(
        session.scalars(select(Note.text).where(Note.workshop_id == workshop.id).order_by(Note.created_revision))
    )


def add(text: str, question: str | None = "q1", **more: object) -> dict[str, object]:
    return mutation("note.add", question=question, text=text, **more)


def test_a_note_is_stored_as_sent_after_nfc(session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    assert outcomes(send(session, phone, add("  Ta\u030aget går\ntill Hallsberg "))) == ["ok"]
    assert texts(session, workshop) == ["  T\u00e5get går\ntill Hallsberg "]


def test_a_resend_is_a_duplicate_with_the_first_revision_and_changes_nothing(session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    note = add("en gång")
    first, again = send(session, phone, note), send(session, phone, note)
    assert outcomes(again) == ["duplicate"]
    assert again.results[0].revision == first.results[0].revision
    assert again.revision == first.revision
    assert texts(session, workshop) == ["en gång"]


def test_the_same_id_twice_in_one_push_is_one_note(session: Session) -> None:
    workshop = make_workshop(session)
    note = add("dubbeltryck")
    assert outcomes(send(session, sit_down(session, workshop), note, note)) == ["ok", "duplicate"]


def test_a_refused_mutation_is_refused_again_and_never_sinks_its_neighbours(session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    poison = add("före\x00efter")
    batch = (add("före"), poison, {"id": "x1", "kind": "no.such"}, {"id": "x2", "kind": "note.add"}, add("efter"))
    result = send(session, phone, *batch)
    assert outcomes(result) == ["ok", "control_characters", "unknown_kind", "malformed", "ok"]
    assert texts(session, workshop) == ["före", "efter"]
    assert outcomes(send(session, phone, poison)) == ["control_characters"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty_text"), (" \n\t", "empty_text"), ("å" * 1001, "text_too_long"), ("\ud800", "control_characters")],
)
def test_unfit_texts_are_refused_for_good(session: Session, text: str, code: str) -> None:
    phone = sit_down(session, make_workshop(session))
    assert outcomes(send(session, phone, add(text))) == [code]


def test_a_thousand_characters_fit_counted_after_nfc(session: Session) -> None:
    workshop = make_workshop(session)
    assert outcomes(send(session, sit_down(session, workshop), add("a\u030a" * 1000))) == ["ok"]
    assert texts(session, workshop) == ["å" * 1000]


def test_only_an_opened_question_takes_notes_and_a_closed_one_marks_them_late(session: Session) -> None:
    workshop = make_workshop(session)
    phone, studio = sit_down(session, workshop), desk(workshop)
    assert outcomes(send(session, phone, add("för tidigt", "q2"), add("ingen fråga", "q9"))) == [
        "not_open",
        "unknown_question",
    ]
    send(session, studio, mutation("round.open", question="q2"))
    assert session.get_one(Round, (workshop.id, "q1")).closed_at is not None
    assert outcomes(send(session, phone, add("sent", "q1"), add("i tid", "q2"))) == ["ok", "ok"]
    assert {n.text: n.late for n in session.scalars(select(Note))} == {"sent": True, "i tid": False}


def test_notes_are_taken_after_closing_but_not_under_review(session: Session) -> None:
    workshop = make_workshop(session)
    phone, studio = sit_down(session, workshop), desk(workshop)
    send(session, studio, mutation("workshop.state", state="closed"))
    assert outcomes(send(session, phone, add("på väg hem"))) == ["ok"]
    send(session, studio, mutation("workshop.state", state="under_review"))
    assert outcomes(send(session, phone, add("för sent"))) == ["closed"]
    send(session, studio, mutation("workshop.state", state="closed"))
    assert outcomes(send(session, phone, add("öppnat igen"))) == ["ok"]


def test_a_note_can_be_changed_and_withdrawn_by_its_author_alone(session: Session) -> None:
    workshop = make_workshop(session)
    author, neighbour = sit_down(session, workshop), sit_down(session, workshop)
    note = add("min lapp")
    send(session, author, note)

    def edit(text: str) -> dict[str, Any]:
        return mutation("note.edit", note=note["id"], text=text)

    assert outcomes(send(session, neighbour, edit("din"))) == ["not_yours"]
    assert outcomes(send(session, author, edit("min rättade lapp"))) == ["ok"]
    assert outcomes(send(session, neighbour, mutation("note.withdraw", note=note["id"]))) == ["not_yours"]
    assert outcomes(send(session, author, mutation("note.withdraw", note=note["id"]))) == ["ok"]
    assert outcomes(send(session, author, edit("ändå inte"))) == ["withdrawn"]
    assert texts(session, workshop) == ["min rättade lapp"]


def test_a_phone_may_not_do_what_the_desk_may(session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    wanted = (
        mutation("round.open", question="q2"),
        mutation("round.share", question="q1", shared=True),
        mutation("workshop.state", state="closed"),
        mutation("note.hide", note="x", reason="y"),
        mutation("message.send", text="hej"),
        mutation("group.add"),
        mutation("theme.move", note="x", theme=None),
    )
    assert outcomes(send(session, phone, *wanted)) == ["forbidden"] * len(wanted)


def test_a_phone_cannot_choose_its_group_or_its_source(session: Session) -> None:
    workshop = make_workshop(session)
    send(session, sit_down(session, workshop, 2), add("x", group=3, source="paper"))
    note = session.scalars(select(Note)).one()
    assert (note.group_number, note.source) == (2, Source.PHONE)


def test_paper_notes_are_typed_at_the_desk_for_any_table(session: Session) -> None:
    workshop = make_workshop(session)
    assert outcomes(send(session, desk(workshop), add("från papper", "q2", group=3), add("x", group=9), add("y"))) == [
        "ok",
        "unknown_group",
        "unknown_group",
    ]
    note = session.scalars(select(Note)).one()
    assert (note.group_number, note.source, note.late) == (3, Source.PAPER, False)


def test_who_typed_a_paper_note_is_told_to_the_studio_alone(session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop, 3)
    heard: list[bytes] = []
    send(session, desk(workshop), add("från papper", "q2", group=3), broadcaster=Teller(heard.append))
    send(session, phone, add("från telefon"))
    by_text = {n["text"]: n for n in changes(session, desk(workshop).room, 0)["notes"]}
    assert (by_text["från papper"]["entered_by"], "entered_by" in by_text["från telefon"]) == ("studio", False)
    assert all("entered_by" not in n for n in changes(session, phone.room, 0)["notes"])
    # What is told as notes come in says nothing of who typed: the studio has to look.
    assert decode_delta(heard[0]).reread


def test_the_scribe_s_notes_are_marked_and_the_place_can_be_taken_over(session: Session) -> None:
    workshop = make_workshop(session)
    first, second = sit_down(session, workshop), sit_down(session, workshop)
    assert outcomes(send(session, first, mutation("scribe.take"), add("skrivet åt bordet"))) == ["ok", "ok"]
    assert session.scalars(select(Note.source)).one() is Source.SCRIBE
    assert outcomes(send(session, second, mutation("scribe.take"))) == ["scribe_taken"]
    assert outcomes(send(session, second, mutation("scribe.take", take_over=True))) == ["ok"]
    send(session, first, mutation("scribe.leave"))
    assert session.get_one(Group, (workshop.id, 1)).scribe_id == second.participant


def test_done_is_the_table_s_own_and_begins_anew_with_the_next_question(session: Session) -> None:
    workshop = make_workshop(session)
    send(session, sit_down(session, workshop, 2), mutation("group.done", done=True))
    assert session.get_one(Group, (workshop.id, 2)).done_at is not None
    send(session, desk(workshop), mutation("round.open", question="q2"))
    session.expire_all()
    assert session.get_one(Group, (workshop.id, 2)).done_at is None


def test_every_accepted_change_has_a_higher_revision_than_the_one_before(session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    results = send(session, phone, *(add(str(n)) for n in range(10))).results
    revisions = [r.revision for r in results]
    assert revisions == sorted(set(revisions))  # type: ignore[type-var]


def test_the_timer_is_extended_from_what_is_left_and_stops_nobody(session: Session) -> None:
    workshop = make_workshop(session)
    studio, phone = desk(workshop), sit_down(session, workshop)
    send(session, studio, mutation("round.open", question="q1", minutes=5))
    before = session.get_one(Round, (workshop.id, "q1")).ends_at
    send(session, studio, mutation("round.timer", question="q1", minutes=3))
    after = session.get_one(Round, (workshop.id, "q1")).ends_at
    assert before is not None and after is not None and (after - before).total_seconds() == 180
    assert outcomes(send(session, studio, mutation("round.timer", question="q1", minutes=0))) == ["bad_minutes"]
    send(session, studio, mutation("round.timer", question="q1", minutes=None))
    assert session.get_one(Round, (workshop.id, "q1")).ends_at is None
    assert outcomes(send(session, phone, add("klart ändå"))) == ["ok"]


def test_a_hidden_note_keeps_its_text_at_the_desk_and_tells_its_table_why(session: Session) -> None:
    workshop = make_workshop(session)
    author = sit_down(session, workshop)
    note = add("om en namngiven person")
    send(session, author, note)
    assert outcomes(send(session, desk(workshop), mutation("note.hide", note=note["id"], reason=" "))) == [
        "empty_reason"
    ]
    send(session, desk(workshop), mutation("note.hide", note=note["id"], reason="Nämner en person"))
    [at_desk] = changes(session, desk(workshop).room, 0)["notes"]
    [at_table] = changes(session, author.room, 0)["notes"]
    assert at_desk["text"] == "om en namngiven person" and at_desk["hidden"]["reason"] == "Nämner en person"
    assert at_table["text"] is None and at_table["gone"] and at_table["why"] == "Nämner en person"
    send(session, desk(workshop), mutation("note.unhide", note=note["id"]))
    assert changes(session, author.room, 0)["notes"][0]["text"] == "om en namngiven person"


def test_a_change_among_notes_in_one_push_is_told_with_its_own_revision(session: Session) -> None:
    workshop = make_workshop(session)
    studio = desk(workshop)
    known = changes(session, studio.room, 0)["revision"]
    refused, closing = mutation("workshop.state", state="adopted"), mutation("workshop.state", state="closed")
    assert outcomes(send(session, studio, refused, add("före", group=1), closing, add("efter", group=1))) == [
        "bad_transition",
        "ok",
        "ok",
        "ok",
    ]
    told = changes(session, studio.room, known)
    assert told["workshop"]["state"] == "closed"
    assert [round_["state"] for round_ in told["rounds"]] == ["closed"]


def test_a_note_meets_the_state_that_the_same_push_has_just_set(session: Session) -> None:
    workshop = make_workshop(session)
    turns = [mutation("workshop.state", state=state) for state in ("open", "draft")]
    batch = [turns[0], add("före", group=1), turns[1], add("efter", group=1)]
    assert outcomes(send(session, desk(workshop), *batch)) == ["bad_transition", "ok", "ok", "not_open"]
