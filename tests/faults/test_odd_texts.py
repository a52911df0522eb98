"""F23, F24: odd texts come back from everywhere as they were sent, or are refused for good, and hold up no other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import socketio
from sqlalchemy import text
from sqlalchemy.orm import Session

from factories import make_evening, make_workshop, mutation, outcomes, send, sit_down
from faults.model import Refused, kept
from faults.odd_texts import ODD_TEXTS
from reading import notes_in
from running import Server
from verkstad.documents import Format, View, render
from verkstad.services.changes import changes
from verkstad.services.exports import evening_of
from verkstad.services.words import words_of


def verdict(said: str) -> str:
    """What a text must be told."""
    try:
        kept(said)
    except Refused as refused:
        return str(refused)
    return "ok"


FIT = [said for said in ODD_TEXTS if verdict(said) == "ok"]


def add(said: str) -> dict[str, Any]:
    return mutation("note.add", question="q1", text=said)


def batches(notes: list[dict[str, Any]], size: int = 50) -> Iterator[list[dict[str, Any]]]:
    return (notes[start : start + size] for start in range(0, len(notes), size))


def test_there_are_enough_of_either_sort() -> None:
    assert len(set(ODD_TEXTS)) >= 200
    assert len(FIT) >= 120 and len(ODD_TEXTS) - len(FIT) >= 60


def test_each_is_kept_to_the_letter_or_refused_for_its_own_reason(session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    notes = [add(said) for said in ODD_TEXTS]
    for batch in batches(notes):
        assert outcomes(send(session, phone, *batch)) == [verdict(note["text"]) for note in batch]
    told = changes(session, phone.room, 0)["notes"]
    assert [note["text"] for note in told] == [unicodedata.normalize("NFC", said) for said in FIT]


def test_every_file_can_be_made_of_them_all(session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    for batch in batches([add(said) for said in FIT]):
        send(session, phone, *batch)
    evening = evening_of(session, workshop)
    for fmt in Format:
        assert render(evening, fmt, View.GROUPS, words_of("sv"))
    found = notes_in(Format.JSON, render(evening, Format.JSON, View.GROUPS, words_of("sv")))
    assert [said for _, said in found] == [unicodedata.normalize("NFC", said) for said in FIT]


@pytest.mark.parametrize("transport", ["http", "websocket", "polling"])
def test_the_wire_changes_nothing(server: Server, transport: str) -> None:
    code = server.import_evening(make_evening())[0]
    token = server.join(code, 1)["token"]
    path = f"/api/v1/workshops/{code}"
    client = socketio.Client()
    if transport != "http":
        client.connect(server.base, auth={"token": token}, transports=[transport])
    for batch in batches([add(said) for said in FIT]):
        wanted = {"mutations": batch}
        ack = (
            server.request("POST", f"{path}/push", wanted, token)[1]
            if transport == "http"
            else client.call("push", wanted, timeout=20)
        )
        assert [result["status"] for result in ack["results"]] == ["ok"] * len(batch)
    told = (
        server.request("GET", f"{path}/changes?since=0", token=token)[1]
        if transport == "http"
        else client.call("sync", {"since": 0}, timeout=20)
    )
    assert [note["text"] for note in told["notes"]] == [unicodedata.normalize("NFC", said) for said in FIT]
    client.disconnect()


def test_a_poison_pill_first_in_the_outbox_holds_up_no_other(server: Server, code: str) -> None:
    seat = server.join(code, 1)
    path = f"/api/v1/workshops/{code}/push"
    outbox = [add("gift\0"), *(add(f"lapp {n}") for n in range(10))]
    _, ack = server.request("POST", path, {"mutations": outbox}, seat["token"])
    assert [r.get("code", r["status"]) for r in ack["results"]] == ["control_characters", *["ok"] * 10]
    _, again = server.request("POST", path, {"mutations": outbox}, seat["token"])
    assert [r.get("code", r["status"]) for r in again["results"]] == ["control_characters", *["duplicate"] * 10]


@pytest.mark.filterwarnings("error::sqlalchemy.exc.SAWarning")
def test_one_that_the_database_itself_cannot_take_is_refused_alone(session: Session) -> None:
    """No text is known that does this, so the database is taught one: whatever it is, nobody else may suffer."""
    workshop = make_workshop(session)
    session.execute(text(f"ALTER TABLE notes {CHECK}" if session.get_bind().dialect.name != "sqlite" else TRIGGER))
    session.commit()
    phone, other = sit_down(session, workshop), sit_down(session, workshop, 2)
    batch = [add("före"), add("gift"), mutation("group.done", done=True), add("efter")]
    assert outcomes(send(session, phone, *batch)) == ["ok", "internal", "ok", "ok"]
    assert outcomes(send(session, phone, *batch)) == ["duplicate", "internal", "duplicate", "duplicate"]
    assert outcomes(send(session, other, add("en annan"))) == ["ok"]
    told = changes(session, phone.room, 0)
    assert [note["text"] for note in told["notes"]] == ["före", "efter"]
    assert [group["done"] for group in told["groups"]] == [True]


CHECK = "ADD CONSTRAINT taught CHECK (text <> 'gift')"
TRIGGER = """CREATE TRIGGER taught BEFORE INSERT ON notes WHEN NEW.text = 'gift'
    BEGIN SELECT RAISE(ABORT, 'no'); END"""
