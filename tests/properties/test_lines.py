"""Whatever two people at the desk do to the summary's lines: no words are lost, and undoing all of it is the start."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from msgspec.structs import asdict
from sqlalchemy import select
from sqlalchemy.orm import Session

from factories import desk, empty_database, mutation, outcomes, send, sit_down
from holding import Held, state_held, take_in
from sorting import make_sorted, seen, undo
from unit.documents.evenings import ENGLISH
from verkstad.documents import View
from verkstad.documents.compilation import compile_document
from verkstad.documents.tree import BulletList, Mark, Paragraph
from verkstad.domain.line import SECTIONS, of_group, of_question, of_theme
from verkstad.domain.roles import Actor, Role
from verkstad.domain.summary import Summary
from verkstad.domain.workshop_file import FileLine
from verkstad.services.exports import evening_of
from verkstad.services.lines import SPELL
from verkstad.services.state_check import state_of
from verkstad.services.versions import versions
from verkstad.services.workshop_import import create_from_file
from verkstad.storage import Action, SummaryLine
from verkstad.storage.base import begin_write
from verkstad.storage.line import lines_of

WHO = st.integers(0, 1)
ANY = st.integers(0, 4)
TEXT = st.sampled_from(["", "Ett", "Två **starkt**", "=1+1 <b>", "مرحبا"])
SECTION = st.sampled_from(["intro", "theme:t1", "theme:t2", "question:q1", "group:2", "tensions", "voices"])
REFUSALS = {"held", "line_changed", "line_removed", "overtaken", "withdrawn"}
NOTES = ["a", "b", "c", "d", "e"]


class Writing(RuleBasedStateMachine):
    """Two lines from a file, two people, and somebody who follows what the studio is told."""

    @initialize()
    def begin(self) -> None:
        self.session = Session(empty_database(), expire_on_commit=False)
        given = (FileLine("l1", "intro", "Först", ("a",)), FileLine("l2", "theme:t1", "Sedan", ("b", "c"), "t1"))
        self.workshop = make_sorted(self.session, lines=given)
        self.people = [Actor(Role.STUDIO, workshop=self.workshop.id, token=who * 16) for who in "ab"]
        self.phone = sit_down(self.session, self.workshop)
        self.kept: set[tuple[str, str]] = {("l1", "Först"), ("l2", "Sedan")}  # what must be found again
        self.latest: dict[str, tuple[int | None, str]] = {"l1": (None, "Först"), "l2": (None, "Sedan")}
        self.changed: dict[str, list[tuple[int, int]]] = {}  # when the words of each line changed, and by whom
        self.known, self.held = 0, Held()
        self.start = self.stored()

    def rows(self, *, removed: bool = False) -> list[SummaryLine]:
        self.session.expire_all()
        return lines_of(self.session, self.workshop.id, removed=removed)

    def stored(self) -> list[list[Any]]:
        """The lines as somebody reads them."""
        return [[row.id, row.section, row.place, row.text, row.note_ids, row.theme_id] for row in self.rows()]

    def line(self, number: int) -> str:
        keys = [row.id for row in self.rows(removed=True)]
        return keys[number % len(keys)]

    def does(self, who: int, kind: str, **fields: Any) -> str | None:
        """Try something; the id of the act when it was taken. What is refused changes nothing."""
        before, wanted = self.stored(), mutation(kind, **fields)
        [outcome] = outcomes(send(self.session, self.people[who], wanted))
        assert outcome == "ok" or outcome in REFUSALS, outcome
        if outcome != "ok":
            assert self.stored() == before
            return None
        self.remember(who)
        return str(wanted["id"])

    def remember(self, who: int) -> None:
        """What somebody has written is to be found again, unless they went on writing themselves."""
        for row in self.rows(removed=True):
            was = self.latest.get(row.id)
            if was is None or was[1] != row.text:
                if was is not None and was[0] != who:
                    self.kept.add((row.id, was[1]))
                self.latest[row.id] = (who, row.text)
                self.changed.setdefault(row.id, []).append((row.revision, who))

    @rule(who=WHO, section=SECTION, after=ANY, text=TEXT, notes=st.lists(st.sampled_from(NOTES), max_size=2))
    def add(self, who: int, section: str, after: int, text: str, notes: list[str]) -> None:
        where = [None, *(row.id for row in self.rows(removed=True))][after % 3]
        self.does(who, "line.add", section=section, after=where, text=text, notes=notes)

    @rule(who=WHO, line=ANY, text=TEXT, back=st.integers(0, 3))
    def edit(self, who: int, line: int, text: str, back: int) -> None:
        """From what was there a while ago: nobody writes over what they have not seen."""
        key = self.line(line)
        since = max(seen(self.session, self.workshop)["revision"] - back, 0)
        others = [by for at, by in self.changed.get(key, []) if at > since and by != who]
        taken = self.does(who, "line.edit", line=key, seen=since, text=text)
        assert not (taken and others)

    @rule(who=WHO, line=ANY, notes=st.lists(st.sampled_from(NOTES), max_size=2))
    def base(self, who: int, line: int, notes: list[str]) -> None:
        self.does(
            who, "line.edit", line=self.line(line), seen=seen(self.session, self.workshop)["revision"], notes=notes
        )

    @rule(who=WHO, line=ANY, section=SECTION, after=ANY)
    def move(self, who: int, line: int, section: str, after: int) -> None:
        key, where = self.line(line), self.line(after)
        self.does(who, "line.move", line=key, section=section, after=None if where == key else where)

    @rule(who=WHO, line=ANY)
    def remove(self, who: int, line: int) -> None:
        self.does(who, "line.remove", line=self.line(line))

    @rule(who=WHO, line=ANY, held=st.booleans())
    def hold(self, who: int, line: int, held: bool) -> None:
        self.does(who, "line.hold" if held else "line.release", line=self.line(line))

    @rule(who=WHO, back=st.integers(0, 6))
    def take_back(self, who: int, back: int) -> None:
        log = seen(self.session, self.workshop)["actions"]
        if log:
            self.does(who, "action.undo", action=log[max(-1 - back, -len(log))]["id"])

    @rule(note=st.sampled_from(NOTES), hidden=st.booleans())
    def hide(self, note: str, hidden: bool) -> None:
        fields = {"reason": "namn"} if hidden else {}
        send(self.session, desk(self.workshop), mutation("note.hide" if hidden else "note.unhide", note=note, **fields))

    @rule(who=WHO, theme=st.sampled_from(["t1", "t2"]))
    def drop_theme(self, who: int, theme: str) -> None:
        if theme in {each["id"] for each in seen(self.session, self.workshop)["themes"]}:
            self.does(who, "theme.remove", theme=theme)

    @rule()
    def let_time_pass(self) -> None:
        """What is written next is another version."""
        begin_write(self.session)
        for action in self.session.scalars(select(Action).where(Action.workshop_id == self.workshop.id)):
            action.at -= 2 * SPELL
        self.session.commit()

    @invariant()
    def no_words_are_lost(self) -> None:
        for row in self.rows(removed=True):
            told = [version["text"] for version in versions(self.session, self.workshop.id, row.id)]
            assert {text for key, text in self.kept if key == row.id} <= set(told)
            assert told[-1] == row.text

    @invariant()
    def every_line_stands_in_one_place_and_every_mark_leads_to_a_note(self) -> None:
        evening = evening_of(self.session, self.workshop)
        summary = Summary(evening)
        assert summary.ledger.received == len(NOTES)
        themes = {of_theme(theme.id) for theme in evening.themes}
        groups, questions = {of_group(n) for n in (1, 2, 3)}, {of_question(q) for q in ("q1", "q2")}
        told = [line.id for section in SECTIONS | themes | groups | questions for line in summary.lines(section)]
        assert sorted(told) == sorted(row.id for row in self.rows() if row.text)
        for view in (View.GROUPS, View.QUESTIONS, View.THEMES, View.FULL):
            marks = _marks(compile_document(evening, view, ENGLISH).blocks)
            assert {mark.target for mark in marks if mark.target} <= {mark.anchor for mark in marks if mark.anchor}

    @invariant()
    def who_follows_holds_what_is_there(self) -> None:
        told = seen(self.session, self.workshop, self.known)
        take_in(self.held, told)
        self.known = told["revision"]
        assert state_held(self.held) == state_of(self.session, desk(self.workshop).room)
        held = [thing for (kind, _), thing in self.held.items() if kind == "lines" and not thing.get("gone")]
        assert _by_id(held) == _by_id(seen(self.session, self.workshop)["lines"])

    def teardown(self) -> None:
        if not hasattr(self, "start"):
            return
        first = evening_of(self.session, self.workshop)
        again = evening_of(self.session, create_from_file(self.session, first))
        assert asdict(again)["lines"] == asdict(first)["lines"]
        for who in self.people:
            for row in self.rows():
                send(self.session, who, mutation("line.release", line=row.id))
        ours = select(Action.id).where(Action.workshop_id == self.workshop.id).order_by(Action.created_revision.desc())
        for action in self.session.scalars(ours).all():
            undo(self.session, self.people[0], action)
        assert self.stored() == self.start


def _by_id(lines: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The lines, but for who holds them: that ends by itself."""
    return {line["id"]: {key: value for key, value in line.items() if key != "held"} for line in lines}


def _marks(blocks: tuple[Any, ...]) -> list[Mark]:
    found: list[Mark] = []
    for block in blocks:
        match block:
            case Paragraph(inlines):
                found += [inline for inline in inlines if isinstance(inline, Mark)]
            case BulletList(items):
                found += [inline for item in items for inline in item if isinstance(inline, Mark)]
    return found


def test_lines_in_any_order() -> None:
    run_state_machine_as_test(
        Writing,
        settings=settings(
            max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
