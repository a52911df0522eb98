"""However notes come, change and go between the machine's looks: what is near is what a first look would find."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from factories import desk, empty_database, make_workshop, mutation, outcomes, send, sit_down
from holding import Held, state_held, take_in
from sorting import act, notes, seen
from verkstad.clustering.similar import compare
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.themes import Note
from verkstad.domain.note import plain
from verkstad.services.machine import Machine
from verkstad.services.ports import NullBroadcaster
from verkstad.services.similar import most_similar
from verkstad.services.state_check import state_of

ENCODER = SimpleEncoder()
# Two subjects, each with the same point in several ways.
TEXT = st.sampled_from(
    [
        "Bättre belysning i parken vid skolan",
        "Det behövs bättre belysning i parken vid skolan",
        "BÄTTRE belysning i parken vid skolan!",
        "Bättre belysning i parken",
        "Fler bussar på kvällen",
        "Fler bussar på kvällen nu",
        "Vi vill ha fler bussar på kvällen",
    ]
)
ANY = st.integers(0, 9)


class Evening(RuleBasedStateMachine):
    """A phone that writes, changes and withdraws, a desk that hides, the machine, and somebody who follows."""

    @initialize()
    def begin(self) -> None:
        self.engine = empty_database()
        self.session = Session(self.engine, expire_on_commit=False)
        self.workshop = make_workshop(self.session)
        self.phone, self.desk = sit_down(self.session, self.workshop), desk(self.workshop)
        self.written: list[str] = []
        self.known, self.held = 0, Held()

    @rule(text=TEXT)
    def write(self, text: str) -> None:
        self.written.append(act(self.session, self.phone, "note.add", question="q1", text=text))

    @rule(who=ANY, text=TEXT | st.none())
    def change_or_withdraw(self, who: int, text: str | None) -> None:
        if text is not None:
            self.does(who, "note.edit", text=text)
        else:
            self.does(who, "note.withdraw")

    @rule(who=ANY, hide=st.booleans())
    def hide_or_not(self, who: int, hide: bool) -> None:
        if hide:
            self.does(who, "note.hide", reason="namn")
        else:
            self.does(who, "note.unhide")

    def does(self, who: int, kind: str, **fields: str) -> None:
        if self.written:
            note = self.written[who % len(self.written)]
            actor = self.desk if "hide" in kind else self.phone
            assert outcomes(send(self.session, actor, mutation(kind, note=note, **fields)))[0] in {"ok", "withdrawn"}

    @rule()
    def look(self) -> None:
        """What it has told, and what is answered, is what it would find if it had never looked before."""
        self.session.commit()
        Machine(self.engine, NullBroadcaster(), lambda: ENCODER, []).look(self.workshop.id)
        there = {key: note for key, note in notes(self.session, self.workshop).items() if "hidden" not in note}
        said = [Note(key, note["text"]) for key, note in there.items()]
        found = compare(said, ENCODER.embed([note.text for note in said]), ENCODER, {})
        assert {key: tuple(note["near"]) for key, note in there.items() if note["near"]} == found.near
        for key in there:
            alike = [like["note"] for like in most_similar(self.session, self.workshop.id, [key])]
            first = min(other for other in there if plain(there[other]["text"]) == plain(there[key]["text"]))
            assert alike == [like.note for like in found.nearest[first] or ()]

    @invariant()
    def nobody_is_told_of_what_may_not_be_seen(self) -> None:
        told = notes(self.session, self.workshop)
        visible = {key for key, note in told.items() if "hidden" not in note}
        if self.written:
            asked = [like["note"] for like in most_similar(self.session, self.workshop.id, self.written[-20:])]
            assert visible.issuperset(asked)

    @invariant()
    def who_follows_holds_what_is_there(self) -> None:
        told = seen(self.session, self.workshop, self.known)
        take_in(self.held, told)
        self.known = told["revision"]
        assert state_held(self.held) == state_of(self.session, self.desk.room)
        snapshot = {("notes", key): note for key, note in notes(self.session, self.workshop).items()}
        assert snapshot.items() <= self.held.items()

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()


def test_near_notes_in_any_order_of_events() -> None:
    run_state_machine_as_test(
        Evening,
        settings=settings(
            max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
