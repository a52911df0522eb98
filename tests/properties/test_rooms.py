"""Whatever happens in an evening: following step by step gives what a snapshot gives, and no room sees too much."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from factories import desk, empty_database, make_workshop, mutation, outcomes, send, sit_down
from holding import Held, state_held, take_in
from verkstad.domain.roles import Actor, Room, RoomKind
from verkstad.domain.summary import Summary
from verkstad.services.changes import changes
from verkstad.services.exports import evening_of
from verkstad.services.state_check import state_of
from verkstad.storage import Note

QUESTIONS = st.sampled_from(["q1", "q2"])


class Evening(RuleBasedStateMachine):
    """Three phones at two tables, a desk, and a follower in every room."""

    @initialize()
    def begin(self) -> None:
        engine = empty_database()
        self.session = Session(engine, expire_on_commit=False)
        self.workshop = make_workshop(self.session)
        self.desk = desk(self.workshop)
        self.phones = [sit_down(self.session, self.workshop, n) for n in (1, 1, 2)]
        self.rooms = [self.desk.room, Room(self.workshop.id, RoomKind.SCREEN), self.phones[0].room, self.phones[2].room]
        self.known: dict[Room, int] = dict.fromkeys(self.rooms, 0)
        self.held: dict[Room, Held] = {room: {} for room in self.rooms}
        self.deaf: set[Room] = set()
        self.sent: dict[str, tuple[Actor, str]] = {}
        self.theme, self.voting = mutation("theme.add", label="Lokaler"), ""
        send(self.session, self.desk, self.theme)
        send(self.session, self.phones[0], mutation("scribe.take"))

    @rule(
        phone=st.integers(0, 2), question=QUESTIONS | st.none(), text=st.text(st.characters(codec="utf-8"), max_size=8)
    )
    def write(self, phone: int, question: str | None, text: str) -> None:
        note = mutation("note.add", question=question, text=text)
        if outcomes(send(self.session, self.phones[phone], note)) == ["ok"]:
            self.sent[note["id"]] = (self.phones[phone], text)

    @rule(data=st.data(), phone=st.integers(0, 2), withdraw=st.booleans())
    def change(self, data: st.DataObject, phone: int, withdraw: bool) -> None:
        if not self.sent:
            return
        note = data.draw(st.sampled_from(sorted(self.sent)))
        wanted = mutation("note.withdraw", note=note) if withdraw else mutation("note.edit", note=note, text="ändrad")
        answer = outcomes(send(self.session, self.phones[phone], wanted))
        if self.sent[note][0] is not self.phones[phone]:
            assert answer in (["not_yours"], ["withdrawn"], ["closed"], ["not_open"])

    @rule(data=st.data(), back=st.booleans())
    def hide(self, data: st.DataObject, back: bool) -> None:
        if self.sent:
            note = data.draw(st.sampled_from(sorted(self.sent)))
            wanted = mutation("note.unhide", note=note) if back else mutation("note.hide", note=note, reason="skäl")
            send(self.session, self.desk, wanted)

    @rule(question=QUESTIONS, shared=st.booleans())
    def share(self, question: str, shared: bool) -> None:
        send(self.session, self.desk, mutation("round.share", question=question, shared=shared))

    @rule(question=QUESTIONS, opened=st.booleans())
    def ask(self, question: str, opened: bool) -> None:
        send(self.session, self.desk, mutation("round.open" if opened else "round.close", question=question))

    @rule(state=st.sampled_from(["open", "closed", "under_review", "draft"]))
    def turn(self, state: str) -> None:
        send(self.session, self.desk, mutation("workshop.state", state=state))

    @rule(opened=st.booleans(), each=st.sampled_from(["person", "table"]))
    def vote(self, opened: bool, each: str) -> None:
        wanted = mutation("vote.open", on="themes", each=each, dots=2)
        if not opened:
            wanted = mutation("vote.close", voting=self.voting)
        if outcomes(send(self.session, self.desk, wanted)) == ["ok"] and opened:
            self.voting = wanted["id"]

    @rule(phone=st.integers(0, 2), dots=st.integers(0, 3))
    def lay(self, phone: int, dots: int) -> None:
        cast = mutation("vote.cast", voting=self.voting, target=self.theme["id"], dots=dots)
        send(self.session, self.phones[phone], cast)

    @rule(room=st.integers(0, 3))
    def follow(self, room: int) -> None:
        self._catch_up(self.rooms[room])

    @rule(room=st.integers(0, 3))
    def forget_a_message(self, room: int) -> None:
        """As if a message had been counted as told, and had never come."""
        self.deaf.add(self.rooms[room])
        self.known[self.rooms[room]] = changes(self.session, self.rooms[room], 0)["revision"]

    def _catch_up(self, room: Room) -> None:
        told = changes(self.session, room, self.known[room])
        self.known[room] = told["revision"]
        take_in(self.held[room], told)

    @invariant()
    def every_follower_ends_where_a_snapshot_begins(self) -> None:
        for room in self.rooms:
            self._catch_up(room)
            if room in self.deaf and state_held(self.held[room]) != state_of(self.session, room):
                self.known[room], self.held[room] = 0, {}
                self._catch_up(room)
            assert state_held(self.held[room]) == state_of(self.session, room)
            snapshot = {n["id"]: n["text"] for n in changes(self.session, room, 0)["notes"] if n["text"] is not None}
            held = {key: n["text"] for (kind, key), n in self.held[room].items() if kind == "notes"}
            assert {key: text for key, text in held.items() if text is not None} == snapshot
            votings = {voting["id"]: voting for voting in changes(self.session, room, 0)["votings"]}
            assert {key: voting for (kind, key), voting in self.held[room].items() if kind == "votings"} == votings

    @invariant()
    def no_table_holds_another_s_unshared_notes(self) -> None:
        shared = {r["question"] for r in changes(self.session, self.desk.room, 0)["rounds"] if r["shared"]}
        for room in self.rooms[1:]:
            for note in changes(self.session, room, 0)["notes"]:
                assert note["group"] == room.group or note["question"] in shared

    @invariant()
    def nothing_is_lost_and_nothing_added(self) -> None:
        stored = set(self.session.scalars(select(Note.id)))
        assert stored == set(self.sent)
        assert Summary(evening_of(self.session, self.workshop)).ledger.received == len(self.sent)


def test_an_evening_in_any_order() -> None:
    run_state_machine_as_test(
        Evening,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
