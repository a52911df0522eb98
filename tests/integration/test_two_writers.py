"""Two processes that write by turns: each remembers what it knows of a workshop, and is never wrong about it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from factories import desk, make_workshop, mutation, sit_down
from verkstad.domain.mutations import parse_batch
from verkstad.domain.roles import Actor
from verkstad.services.changes import counted_groups
from verkstad.services.delta import Delta
from verkstad.services.writer import Writer
from verkstad.storage import Workshop
from verkstad.storage.workshop import groups_of


class Heard:
    """Keeps what the last push told."""

    delta: Delta

    def publish(self, delta: Delta) -> None:
        self.delta = delta


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def writers(engine: Engine, heard: Heard) -> list[Writer]:
    return [Writer(engine, heard), Writer(engine, heard)]


def test_what_is_told_of_a_table_counts_the_other_process_s_notes(
    session: Session, engine: Engine, writers: list[Writer], heard: Heard
) -> None:
    workshop = make_workshop(session)
    phones = [sit_down(session, workshop, number) for number in (1, 2)]
    written: list[tuple[Actor, str]] = []

    def push(writer: Writer, actor: Actor, change: dict[str, Any]) -> None:
        result = writer.push(actor, parse_batch({"mutations": [change]}))
        assert [each.status for each in result.results] == ["ok"]

    for turn in range(30):
        if turn in (13, 14, 21):  # something else than a note, by either process and beside both
            author, last = written.pop()
            push(writers[turn % 2], author, mutation("note.withdraw", note=last))
            sit_down(session, workshop, 1)
        if turn % 4 == 3:  # sorted, by either process, one of its own notes or the other's
            theme = mutation("theme.add", label=f"tema {turn}", notes=[written[-1][1]])
            push(writers[turn // 4 % 2], desk(workshop), theme)
        actor = phones[turn % 2]
        change = mutation("note.add", question=("q1", None)[turn % 5 == 4], text=f"lapp {turn}")
        push(writers[turn // 2 % 2], actor, change)
        written.append((actor, change["id"]))
        with Session(engine) as fresh:
            truth = {g["number"]: g for g in counted_groups(fresh, workshop.id, groups_of(fresh, workshop.id))}
        assert [told for told in heard.delta.groups if told != truth[told["number"]]] == []
        assert heard.delta.notes[0]["text"] == f"lapp {turn}"


def test_sorting_ends_nothing_that_is_remembered_of_a_workshop(session: Session, writers: list[Writer]) -> None:
    workshop = make_workshop(session)
    span = select(Workshop.revision, Workshop.plain_to, Workshop.plain_since).where(Workshop.id == workshop.id)

    def push(*changes: dict[str, Any]) -> tuple[int, int, int]:
        session.commit()
        answer = writers[0].push(desk(workshop), parse_batch({"mutations": list(changes)}))
        assert {result.status for result in answer.results} == {"ok"}
        revision, plain_to, plain_since = session.execute(span).one()
        return revision, plain_to, plain_since

    note = mutation("note.add", question="q1", text="en", group=1)
    _, _, began = push(note)
    theme = mutation("theme.add", label="Tema", notes=[note["id"]])
    revision, plain_to, plain_since = push(theme, mutation("note.add", question="q1", text="två", group=1))
    assert (plain_to, plain_since) == (revision, began)
    revision, plain_to, _ = push(mutation("theme.order", themes=[theme["id"]]))
    assert plain_to < revision, "that is a change of the workshop's own row"


def test_a_question_that_the_other_process_opened_takes_notes(session: Session, writers: list[Writer]) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)

    def answer(writer: Writer, actor: Actor, change: dict[str, Any]) -> str:
        [result] = writer.push(actor, parse_batch({"mutations": [change]})).results
        return result.error.code if result.error else result.status

    def note() -> dict[str, Any]:
        return mutation("note.add", question="q2", text="nu då?")

    one, other = writers
    assert answer(one, phone, note()) == "not_open"
    assert answer(one, phone, mutation("note.add", question="q1", text="först")) == "ok"
    assert answer(other, desk(workshop), mutation("round.open", question="q2")) == "ok"
    assert answer(other, phone, mutation("note.add", question="q1", text="sent")) == "ok"
    assert answer(one, phone, note()) == "ok"
