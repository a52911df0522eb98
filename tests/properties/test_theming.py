"""Whatever two people and the machine do to a sorting: every note has one place, and undoing all of it is the start."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from msgspec.structs import asdict
from sqlalchemy import select
from sqlalchemy.orm import Session

from factories import desk, empty_database, mutation, new_id, outcomes, send, sit_down
from holding import Held, state_held, take_in
from sorting import act, by_machine, make_sorted, people, seen, undo
from verkstad.domain.summary import Summary
from verkstad.domain.theme import same_label
from verkstad.services.actions import Act
from verkstad.services.exports import evening_of
from verkstad.services.state_check import state_of
from verkstad.services.workshop_import import create_from_file
from verkstad.storage import Action, Note, Theme, Workshop
from verkstad.storage.theme import themes_of

# Few words, so that they meet; two that are the same but for case.
LABEL = st.sampled_from(["Möten", "MÖTEN", "Bussar", "Skolan"])
WHO = st.integers(0, 1)
# The same few again and again, or what one does would seldom meet what another does.
ANY = st.integers(0, 4)
SOME = st.lists(ANY, min_size=1, max_size=3)
REFUSALS = {"label_taken", "same_theme", "withdrawn", "overtaken"}


class Sorting(RuleBasedStateMachine):
    """Five notes and two themes, two people, the machine, and somebody who follows what the studio is told."""

    @initialize()
    def begin(self) -> None:
        engine = empty_database()
        self.session = Session(engine, expire_on_commit=False)
        self.workshop = make_sorted(self.session)
        self.people = people(self.session, self.workshop)
        self.phone = sit_down(self.session, self.workshop)
        self.written: list[str] = []
        self.known, self.held = 0, Held()
        self.start = self.stored()

    def stored(self) -> dict[str, Any]:
        """The sorting as it is kept, but for what came in later and themes that nobody sees."""
        self.session.expire_all()
        fields = ("theme_id", "theme_position", "by_person", "sure", "second_theme_id", "side", "asks")
        return {
            "notes": {
                note.id: [getattr(note, field) for field in fields]
                for note in self.notes()
                if note.id not in self.written
            },
            "themes": [(theme.id, theme.label, theme.named) for theme in themes_of(self.session, self.workshop.id)],
            "order": self.session.get_one(Workshop, self.workshop.id).theme_order,
        }

    def notes(self) -> list[Note]:
        return list(self.session.scalars(select(Note).where(Note.workshop_id == self.workshop.id)))

    def note(self, number: int) -> str:
        keys = sorted(note.id for note in self.notes())
        return keys[number % len(keys)]

    def theme(self, number: int) -> str | None:
        keys = [theme.id for theme in themes_of(self.session, self.workshop.id)]
        return [*keys, None][number % (len(keys) + 1)]

    def label(self, theme: str) -> str:
        return self.session.get_one(Theme, (self.workshop.id, theme)).label

    def does(self, who: int, kind: str, **fields: Any) -> None:
        [outcome] = outcomes(send(self.session, self.people[who], mutation(kind, **fields)))
        assert outcome == "ok" or outcome in REFUSALS, outcome

    @rule(who=WHO, notes=SOME, theme=ANY)
    def place(self, who: int, notes: list[int], theme: int) -> None:
        self.does(who, "theme.place", notes=[self.note(n) for n in notes], theme=self.theme(theme))

    @rule(who=WHO, label=LABEL, notes=SOME)
    def add(self, who: int, label: str, notes: list[int]) -> None:
        self.does(who, "theme.add", label=label, notes=[self.note(n) for n in notes])

    @rule(who=WHO, theme=ANY, into=ANY)
    def merge_or_remove(self, who: int, theme: int, into: int) -> None:
        one, other = self.theme(theme), self.theme(into)
        if one and other:
            self.does(who, "theme.merge", theme=one, into=other)
        elif one:
            self.does(who, "theme.remove", theme=one)

    @rule(who=WHO, theme=ANY, label=LABEL | st.none())
    def name(self, who: int, theme: int, label: str | None) -> None:
        if (key := self.theme(theme)) is not None:
            self.does(who, "theme.rename", theme=key, label=label) if label else self.does(
                who, "theme.confirm", theme=key, label=self.label(key)
            )

    @rule(who=WHO, note=ANY, theme=ANY, seen=ANY)
    def approve(self, who: int, note: int, theme: int, seen: int) -> None:
        """One note where it is, and one where it may have been: only what is as it was seen becomes a person's."""
        self.session.expire_all()
        before, key = self.decided(), self.theme(theme)
        one, other = (self.session.get_one(Note, (self.workshop.id, self.note(n))) for n in (note, note + 1))
        where = {other.id: self.theme(seen), one.id: one.theme_id}
        right = {note.id for note in (one, other) if note.theme_id == where[note.id]}
        self.does(who, "theme.approve", themes={key: self.label(key)} if key else {}, notes=where)
        assert self.decided().keys() - before.keys() <= {key} | right

    @rule(who=WHO, turned=st.booleans())
    def order(self, who: int, turned: bool) -> None:
        keys = [theme.id for theme in themes_of(self.session, self.workshop.id)]
        self.does(who, "theme.order", themes=keys[::-1] if turned else [])

    @rule(who=WHO, note=ANY, theme=ANY, side=st.sampled_from(["for", "against", None]), asks=st.booleans())
    def mark(self, who: int, note: int, theme: int, side: str | None, asks: bool) -> None:
        key = self.note(note)
        self.does(who, "note.side", notes=[key], side=side)
        self.does(who, "note.ask", notes=[key], asks=asks)
        self.does(who, "note.second", note=key, theme=self.theme(theme))

    @rule(who=WHO, back=st.integers(0, 6))
    def take_back(self, who: int, back: int) -> None:
        log = seen(self.session, self.workshop)["actions"]
        if log:
            self.does(who, "action.undo", action=log[max(-1 - back, -len(log))]["id"])

    @rule(text=st.sampled_from(["ny", "annan"]), withdraw=st.booleans())
    def write(self, text: str, withdraw: bool) -> None:
        if withdraw and self.written:
            send(self.session, self.phone, mutation("note.withdraw", note=self.written[-1]))
        else:
            self.written.append(act(self.session, self.phone, "note.add", question="q1", text=text))

    @rule(notes=SOME, theme=ANY, into=ANY, new=st.booleans(), sure=st.booleans())
    def meddle(self, notes: list[int], theme: int, into: int, new: bool, sure: bool) -> None:
        """The machine places, renames, makes and removes as it likes, and touches nothing that people have."""
        before = self.decided()
        keys, one, other = [self.note(n) for n in notes], self.theme(theme), self.theme(into)

        def do(machine: Act) -> None:
            where = machine.add_theme(new_id(), f"Förslag {new_id()}").id if new else one
            for key in keys:
                machine.place(machine.session.get_one(Note, (self.workshop.id, key)), where, sure=sure)
            if one and other and one != other:
                machine.remove_theme(machine.session.get_one(Theme, (self.workshop.id, one)), other)
            if other:
                row = machine.session.get_one(Theme, (self.workshop.id, other))
                machine.set(row, "name", [f"Förslag {new_id()}", False])

        by_machine(self.session, self.workshop, do)
        assert before.items() <= self.decided().items()

    def decided(self) -> dict[str, object]:
        """What people have said, which the machine must leave as it is."""
        self.session.expire_all()
        placed = [note for note in self.notes() if note.by_person]
        named = [theme for theme in themes_of(self.session, self.workshop.id) if theme.named]
        return {note.id: (note.theme_id, note.theme_position) for note in placed} | {t.id: t.label for t in named}

    @invariant()
    def every_note_has_one_place(self) -> None:
        there = {theme.id for theme in themes_of(self.session, self.workshop.id)}
        for note in self.notes():
            assert note.theme_id is None or note.theme_id in there
            assert note.second_theme_id is None or note.second_theme_id in there - {note.theme_id}

    @invariant()
    def no_two_themes_have_one_name(self) -> None:
        labels = [same_label(theme.label) for theme in themes_of(self.session, self.workshop.id)]
        assert len(set(labels)) == len(labels)

    @invariant()
    def the_ledger_adds_up(self) -> None:
        ledger = Summary(evening_of(self.session, self.workshop)).ledger
        assert ledger.received == 5 + len(self.written)

    @invariant()
    def who_follows_holds_what_is_there(self) -> None:
        told = seen(self.session, self.workshop, self.known)
        take_in(self.held, told)
        self.known = told["revision"]
        assert state_held(self.held) == state_of(self.session, desk(self.workshop).room)
        snapshot = {("notes", note["id"]): note for note in seen(self.session, self.workshop)["notes"]}
        assert snapshot.items() <= self.held.items()

    def teardown(self) -> None:
        if not hasattr(self, "start"):
            return
        first = evening_of(self.session, self.workshop)
        again = evening_of(self.session, create_from_file(self.session, first))
        apart = {"code", "exported_at", "state"}
        assert {k: v for k, v in asdict(again).items() if k not in apart} == {
            k: v for k, v in asdict(first).items() if k not in apart
        }
        ours = select(Action.id).where(Action.workshop_id == self.workshop.id).order_by(Action.created_revision.desc())
        for action in self.session.scalars(ours).all():
            undo(self.session, self.people[0], action)
        assert self.stored() == self.start


def test_a_sorting_in_any_order() -> None:
    run_state_machine_as_test(
        Sorting,
        settings=settings(
            max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
