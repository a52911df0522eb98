"""Whatever happens, in whatever order: nothing is lost, nothing comes twice, and everybody sees the same.

Schedules of an evening with a bad network, a server that dies and a disk that is full, against the real application on
a real database. Every request goes through the HTTP door; messages through the real `RoomBroadcaster`. L1 to L5 are
those of the design.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from factories import mutation
from faults.hall import ALL_WELL, BATCH, FATES, LOST, TWICE, Hall
from faults.model import GROUPS, QUESTIONS, THEMES, Json
from faults.model_client import Client
from faults.mortal import AtCommit, Power
from faults.quiet import check_always, check_database, settle

# The same 200 in every run; VERKSTAD_SCHEDULES=10000 for new ones, as many as one has patience for.
WANTED = int(os.environ.get("VERKSTAD_SCHEDULES", "0"))
SCHEDULES = WANTED or 200
STEPS = 40

FATE = st.sampled_from([*[ALL_WELL] * 9, *FATES])
WHOLE = ("hej", "Ta\u030aget går", "=1+1", "rad\nrad", "👩‍👩‍👧", "\u202eolleh", "å" * 1000)
ODD = ("", " \n", "å" * 1001, "före\x00efter", "\ud800")
TEXT = st.sampled_from([*WHOLE * 2, *ODD])
# The same few again and again, or what happens to one would seldom meet what happens to another.
PHONE, NOTE = st.sampled_from([0, 0, 1, 2, 3, 4]), st.sampled_from([0, 0, 0, 1, 2, 3])
CLIENT, PROCESS = st.integers(0, 7), st.integers(0, 1)
QUESTION = st.sampled_from(QUESTIONS)
AT_TABLE = [("group.done", {"done": True}), ("group.done", {"done": False}), ("scribe.leave", {})] + [
    ("scribe.take", {"take_over": over}) for over in (True, False)
]

AT_DESK: list[tuple[str, Json]] = [("workshop.state", {"state": state}) for state in ("open", "closed", "draft")]
AT_DESK += [(f"round.{what}", {"question": question}) for what in ("open", "close") for question in QUESTIONS]
AT_DESK += [("round.share", {"question": question, "shared": on}) for question in QUESTIONS for on in (True, False)]
AT_DESK += [("note.add", {"group": group, "question": "q1", "text": "från papper"}) for group in GROUPS] * 4


class Schedule(RuleBasedStateMachine):
    """What people do, what the network does, and what the machines do."""

    def __init__(self, powers: list[Power]) -> None:
        super().__init__()
        self.hall = Hall(powers)
        self.steps_since_quiet = 0

    @initialize(deaf=st.lists(st.sets(st.integers(0, 4)), min_size=4, max_size=4))
    def begin(self, deaf: list[set[int]]) -> None:
        """An evening that has begun: there are notes to change, and not everybody has heard of all of them."""
        for phone, unheard in enumerate(deaf):
            self.a_good_minute(phone, "q1", unheard)

    # What people do.

    @rule(phone=PHONE, question=st.sampled_from([*QUESTIONS, "q1", "q9", None]), text=TEXT, fate=FATE)
    def write(self, phone: int, question: str | None, text: str, fate: str) -> None:
        client = self._phone(phone)
        client.add(mutation("note.add", question=question, text=text))
        self.hall.push(client, BATCH, fate)

    @rule(phone=PHONE, question=QUESTION, count=st.integers(1, 5))
    def write_and_wait(self, phone: int, question: str, count: int) -> None:
        for n in range(count):
            self._phone(phone).add(mutation("note.add", question=question, text=f"lapp {n}"))

    @rule(phone=PHONE, note=NOTE, text=TEXT, withdraw=st.sampled_from([False, False, True]), fate=FATE)
    def change(self, phone: int, note: int, text: str, withdraw: bool, fate: str) -> None:
        writer = self._phone(phone)
        if wanted := pick(note, writer.own):
            writer.add(
                mutation("note.withdraw", note=wanted) if withdraw else mutation("note.edit", note=wanted, text=text)
            )
            self.hall.push(writer, BATCH, fate)

    @rule(phone=PHONE, note=NOTE, kind=st.sampled_from(["note.edit", "note.withdraw", "note.hide", "round.share"]))
    def overreach(self, phone: int, note: int, kind: str) -> None:
        if wanted := pick(note, sorted(self.hall.model.notes)):
            more = {"note.edit": {"text": "min"}, "note.hide": {"reason": "för att"}}.get(kind, {})
            share = kind == "round.share"
            fields: Json = {"question": "q1", "shared": True} if share else {"note": wanted, **more}
            self._phone(phone).add(mutation(kind, **fields))

    @rule(phone=PHONE, wanted=st.sampled_from(AT_TABLE), fate=FATE)
    def sit(self, phone: int, wanted: tuple[str, Json], fate: str) -> None:
        self._phone(phone).add(mutation(wanted[0], **wanted[1]))
        self.hall.push(self._phone(phone), BATCH, fate)

    @rule(question=QUESTION, what=st.sampled_from(["open", "close", "share", "unshare"]), fate=FATE)
    def run_round(self, question: str, what: str, fate: str) -> None:
        if what in {"open", "close"}:
            self.hall.at_desk(fate, f"round.{what}", question=question)
        else:
            self.hall.at_desk(fate, "round.share", question=question, shared=what == "share")

    @rule(state=st.sampled_from(["open", "open", "closed", "under_review", "draft"]), fate=FATE)
    def turn(self, state: str, fate: str) -> None:
        self.hall.at_desk(fate, "workshop.state", state=state)

    @rule(note=NOTE, what=st.sampled_from(["note.hide", "note.hide", "note.unhide", *THEMES, None]), fate=FATE)
    def handle(self, note: int, what: str | None, fate: str) -> None:
        if wanted := pick(note, sorted(self.hall.model.notes)):
            if what == "note.hide":
                self.hall.at_desk(fate, what, note=wanted, reason="skäl")
            elif what == "note.unhide":
                self.hall.at_desk(fate, what, note=wanted)
            else:
                self.hall.at_desk(fate, "theme.move", note=wanted, theme=what)

    @rule(wanted=st.lists(st.sampled_from(AT_DESK), min_size=2, max_size=6), fate=FATE)
    def do_much_at_once(self, wanted: list[tuple[str, Json]], fate: str) -> None:
        for kind, fields in wanted:
            self.hall.desk.add(mutation(kind, **fields))
        self.hall.push(self.hall.desk, BATCH, fate)

    @rule(group=st.sampled_from(GROUPS), question=st.sampled_from([*QUESTIONS, None]), text=TEXT, fate=FATE)
    def type_paper_in(self, group: int, question: str | None, text: str, fate: str) -> None:
        self.hall.at_desk(fate, "note.add", group=group, question=question, text=text)

    @rule(group=st.sampled_from(GROUPS), process=PROCESS, times=st.integers(1, 3))
    def join(self, group: int, process: int, times: int) -> None:
        if self.hall.model.state == "open" and len(self.hall.phones) < 7:
            self.hall.sit_down(process, group, times)

    # What the network and the machines do.

    @rule(client=CLIENT, size=st.integers(1, BATCH), fate=FATE)
    def push(self, client: int, size: int, fate: str) -> None:
        self.hall.push(self._client(client), size, fate)

    @rule(process=PROCESS, at_commit=st.sampled_from([None, None, *AtCommit]))
    def push_together(self, process: int, at_commit: AtCommit | None) -> None:
        self.hall.push_together(process, at_commit)

    @precondition(lambda self: self.hall.adrift)
    @rule(process=PROCESS, which=NOTE)
    def something_late_arrives(self, process: int, which: int) -> None:
        self.hall.deliver(process, [self.hall.adrift.pop(which % len(self.hall.adrift))])

    @rule(process=PROCESS, look=st.booleans())
    def tell_rooms(self, process: int, look: bool) -> None:
        if look:
            self.hall.processes[process].look()
        self.hall.tell(process)

    @rule(phone=PHONE, question=QUESTION, deaf=st.sets(CLIENT, max_size=4))
    def a_good_minute(self, phone: int, question: str, deaf: set[int]) -> None:
        """A note comes in and everybody hears of it, but some."""
        self._phone(phone).add(mutation("note.add", question=question, text="en lapp"))
        self.hall.push(self._phone(phone), BATCH)
        self.hall.tell_everybody(deaf)

    @precondition(lambda self: any(process.feed.lying for process in self.hall.processes))
    @rule(process=PROCESS, which=NOTE, fate=st.sampled_from([ALL_WELL, ALL_WELL, TWICE, LOST]))
    def tell_the_other_process(self, process: int, which: int, fate: str) -> None:
        self.hall.carry(process, which, fate)

    @precondition(lambda self: any(client.inbox for client in self.hall.clients))
    @rule(client=CLIENT, which=NOTE, fate=st.sampled_from([ALL_WELL, ALL_WELL, TWICE, LOST]))
    def a_message_comes(self, client: int, which: int, fate: str) -> None:
        hearers = [client for client in self.hall.clients if client.inbox]
        hearer = hearers[client % len(hearers)]
        which %= len(hearer.inbox)
        hearer.missed |= which > 0 or fate == LOST
        message = hearer.inbox[which] if fate == TWICE else hearer.inbox.pop(which)
        if fate != LOST:
            self.hall.hear(hearer, message)

    @rule(client=CLIENT, late=st.booleans())
    def ask(self, client: int, late: bool) -> None:
        asker = self._client(client)
        if not late:
            self.hall.sync(asker)
        elif asker.online:
            asker.inbox.append(self.hall.ask(asker))  # the answer is slow: it comes among the messages

    @rule(client=CLIENT, process=PROCESS, comes=st.sampled_from(["not", "back", "anew"]))
    def lose_line(self, client: int, process: int, comes: str) -> None:
        loser = self._client(client)
        self.hall.go_offline(loser)
        if comes == "anew":
            loser.reload()
        if comes != "not":
            self.hall.come_online(loser, process)

    @precondition(lambda self: not all(client.online for client in self.hall.clients))
    @rule(process=PROCESS)
    def all_come_back(self, process: int) -> None:
        for client in self.hall.clients:
            if not client.online:
                self.hall.come_online(client, process)

    @rule(process=PROCESS)
    def kill(self, process: int) -> None:
        self.hall.processes[process].kill()
        check_database(self.hall)

    @precondition(lambda self: self.steps_since_quiet > STEPS // 3)
    @rule()
    def be_quiet(self) -> None:
        self.steps_since_quiet = 0
        settle(self.hall)

    @invariant()
    def nothing_is_nowhere(self) -> None:
        self.steps_since_quiet += 1
        check_always(self.hall)

    def teardown(self) -> None:
        try:
            settle(self.hall)
        finally:
            for process in self.hall.processes:
                process.power.restore()  # a writer keeps its connection for as long as anything remembers the writer

    def _phone(self, number: int) -> Client:
        return self.hall.phones[number % len(self.hall.phones)]

    def _client(self, number: int) -> Client:
        return self.hall.clients[number % len(self.hall.clients)]


def pick(which: int, among: list[str]) -> str | None:
    return among[which % len(among)] if among else None


def test_nothing_is_lost_in_any_order(database_url: str) -> None:
    powers = [Power(database_url), Power(database_url)]
    schedules = SCHEDULES if powers[0].engine.dialect.name == "sqlite" else SCHEDULES // 10
    run_state_machine_as_test(
        lambda: Schedule(powers),  # type: ignore[arg-type]
        settings=settings(
            max_examples=schedules,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not WANTED,
            suppress_health_check=list(HealthCheck),
        ),
    )
    for power in powers:
        power.engine.dispose()
