"""However dots are laid, nobody lays more than they have, a resend changes nothing, and the sums are what was laid."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from factories import desk, empty_database, make_workshop, mutation, outcomes, send, sit_down
from verkstad.domain.workshop_file import FileTheme
from verkstad.services.changes import changes
from verkstad.storage import Ballot

TARGETS = ("t1", "t2", "t3")


class Voting(RuleBasedStateMachine):
    """Three phones at two tables, with a scribe at each, in a voting by person or by table."""

    @initialize(each=st.sampled_from(["person", "table"]), dots=st.integers(1, 4))
    def begin(self, each: str, dots: int) -> None:
        engine = empty_database()
        self.session = Session(engine, expire_on_commit=False)
        themes = tuple(FileTheme(id=theme, label=theme) for theme in TARGETS)
        self.workshop = make_workshop(self.session, themes=themes)
        self.phones = [sit_down(self.session, self.workshop, n) for n in (1, 1, 2)]
        for scribe in (0, 2):
            send(self.session, self.phones[scribe], mutation("scribe.take"))
        self.each, self.dots = each, dots
        self.voting = mutation("vote.open", on="themes", each=each, dots=dots)
        send(self.session, desk(self.workshop), self.voting)
        self.people: Counter[str] = Counter()
        self.laid: dict[str, Counter[str]] = {}
        self.sent: list[tuple[int, dict[str, Any], list[str]]] = []

    def voter(self, phone: int) -> str | None:
        """Whose dots a phone lays, if any."""
        if self.each == "person":
            return self.phones[phone].participant
        return None if phone == 1 else str(self.phones[phone].group)

    def have(self, voter: str) -> int:
        joined = 2 if voter == "1" else 1
        return self.dots * ((self.people[voter] or joined) if self.each == "table" else 1)

    @rule(phone=st.integers(0, 2), choice=st.sampled_from([*TARGETS, "t9"]), dots=st.integers(0, 12))
    def cast(self, phone: int, choice: str, dots: int) -> None:
        wanted = mutation("vote.cast", voting=self.voting["id"], target=choice, dots=dots)
        answer = outcomes(send(self.session, self.phones[phone], wanted))
        self.sent.append((phone, wanted, answer))
        voter = self.voter(phone)
        if voter is None:
            assert answer == ["not_scribe"]
            return
        after = Counter(self.laid.get(voter, Counter()))
        after[choice] = dots
        if choice == "t9" and dots:
            assert answer == ["unknown_target"]
        elif after.total() > self.have(voter):
            assert answer == ["too_many_dots"]
        else:
            assert answer == ["ok"]
            self.laid[voter] = after

    @rule(phone=st.sampled_from([0, 2]), people=st.integers(1, 6))
    def count(self, phone: int, people: int) -> None:
        wanted = mutation("vote.people", voting=self.voting["id"], people=people)
        answer = outcomes(send(self.session, self.phones[phone], wanted))
        if self.each == "person":
            assert answer == ["not_by_table"]
            return
        voter = str(self.phones[phone].group)
        fits = self.laid.get(voter, Counter()).total() <= self.dots * people
        assert answer == (["ok"] if fits else ["too_many_dots"])
        if fits:
            self.people[voter] = people

    @rule(data=st.data())
    def resend(self, data: st.DataObject) -> None:
        if not self.sent:
            return
        phone, wanted, answer = data.draw(st.sampled_from(self.sent))
        again = outcomes(send(self.session, self.phones[phone], wanted))
        assert again == (["duplicate"] if answer == ["ok"] else answer)

    @invariant()
    def nobody_lays_more_than_they_have(self) -> None:
        for ballot in self.session.query(Ballot).populate_existing():
            assert 0 <= ballot.laid == sum(ballot.dots.values()) <= self.have(ballot.voter)
            assert ballot.laid == self.laid.get(ballot.voter, Counter()).total()

    def teardown(self) -> None:
        close = mutation("vote.close", voting=self.voting["id"])
        assert outcomes(send(self.session, desk(self.workshop), close)) == ["ok"]
        [told] = changes(self.session, desk(self.workshop).room, 0)["votings"]
        sums: Counter[str] = Counter()
        for laid in self.laid.values():
            sums.update(laid)
        assert {line["id"]: line["dots"] for line in told["result"]} == {target: sums[target] for target in TARGETS}
        assert told["voters"] == sum(laid.total() > 0 for laid in self.laid.values())
        self.session.close()


def test_however_dots_are_laid() -> None:
    run_state_machine_as_test(
        Voting,
        settings=settings(
            max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
