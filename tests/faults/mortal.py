"""The real server without its sockets: processes on one database, each of which can lose its power at a commit."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import count
from threading import Event, Thread
from typing import Any

from sqlalchemy import create_engine, event, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from faults.model import Json
from faults.model_client import Client
from verkstad.domain.roles import Actor, Room
from verkstad.realtime.broadcaster import GAP, RoomBroadcaster
from verkstad.realtime.connections import Caller, answer
from verkstad.realtime.door import read_changes
from verkstad.realtime.events import EVENTS, Call, Tools
from verkstad.services.budgets import live_pace
from verkstad.services.delta import decode_delta
from verkstad.services.joining import actor_of_token
from verkstad.services.writer import Writer
from verkstad.storage import Workshop
from verkstad.storage.base import WRITING, prepare_engine

_LANGUAGE = "sv"
_WRITES = "a writing transaction is open"  # in what the pool keeps of a connection


class AtCommit(StrEnum):
    """What may happen where a transaction is to become durable."""

    DIES_BEFORE = "dies before the commit"
    DIES_AFTER = "dies after the commit"
    DISK_FULL = "the disk is full"


class Died(BaseException):
    """The process is no more: nothing may catch this and go on."""


@dataclass
class Wire:
    """What processes tell each other, as it lies between them; the `Feed` of the product is one end of it."""

    lying: list[bytes] = field(default_factory=list)
    silence: float = 0.0

    def publish(self, message: bytes) -> None:
        self.lying.append(message)

    def start(self, deliver: object, spawn: object) -> None:
        """Nothing arrives by itself here: the schedule says what and when."""


class Power:
    """What keeps a process on one engine alive, and may fail at a commit."""

    def __init__(self, database_url: str) -> None:
        self.engine = create_engine(database_url)
        prepare_engine(self.engine)
        event.listen(self.engine, "begin", self._notice)
        self._commit = self.engine.dialect.do_commit
        self.engine.dialect.do_commit = self._do_commit  # type: ignore[assignment, method-assign]
        self.is_out = self.failed = False
        self._fault: AtCommit | None = None
        self._commits_left = 0

    def fail(self, fault: AtCommit | None, commits: int) -> None:
        """Let this happen at the last of so many writing transactions."""
        self._fault, self._commits_left, self.failed = fault, commits, False

    def heal(self) -> None:
        """Nothing more goes wrong; `failed` still says whether something did."""
        self._fault = None

    def restore(self) -> None:
        """A new process opens the database; of the old one's transactions only the committed are left."""
        self.engine.dispose()
        self.is_out, self._fault = False, None

    def _notice(self, connection: Connection) -> None:
        if self.is_out:
            raise Died
        connection.info[_WRITES] = WRITING.items() <= connection.get_execution_options().items()

    def _do_commit(self, connection: Any) -> None:
        fault = self._due() if connection.info.pop(_WRITES, False) else None
        if fault is AtCommit.DISK_FULL:
            connection.rollback()  # as both databases do themselves when a commit fails
            raise self.engine.dialect.loaded_dbapi.OperationalError("database or disk is full")
        if fault is not AtCommit.DIES_BEFORE:
            self._commit(connection)
        if fault is not None:
            self.is_out = True
            raise Died

    def _due(self) -> AtCommit | None:
        self._commits_left -= 1
        if self._commits_left or self._fault is None:
            return None
        self.failed = True
        return self._fault


class Process:
    """One serving process. What is in its memory is lost by `kill`; what was committed is not."""

    def __init__(self, power: Power) -> None:
        self.power, self.engine = power, power.engine
        self._start()

    def _start(self) -> None:
        self.members: dict[Room, list[Client]] = {}
        self.feed = Wire()
        self._held = Event()
        self._expected = 0
        # Time passes only when somebody looks, or the same schedule would not always be the same.
        looks = count(1)
        self.broadcaster = RoomBroadcaster(
            partial(read_changes, self.engine), self._emit, self.feed, clock=lambda: next(looks) * GAP
        )
        self.writer = Writer(self.engine, self.broadcaster, self._through_gate)
        self._tools = Tools(self.engine, self.writer, live_pace(enabled=False))

    def kill(self) -> None:
        """The process ends here; another one opens the database."""
        for members in self.members.values():
            for client in members:
                client.lose_line()
        self.power.restore()
        self._start()

    def push(self, pushes: Sequence[tuple[Client, list[Json]]], at_commit: AtCommit | None) -> list[Json | None]:
        """Pushes that come while the first of them is being written, and what befalls the last transaction.

        None where nobody was left to answer.
        """
        answers: list[Json | None] = [None] * len(pushes)

        def one(n: int) -> None:
            client, mutations = pushes[n]
            with suppress(Died):
                answers[n] = self.ask(client, "push", {"mutations": mutations})

        self.power.fail(at_commit, min(len(pushes), 2))
        if len(pushes) == 1:
            one(0)
        else:
            self._together(one, [len(mutations) for _, mutations in pushes])
        self.power.heal()
        if self.power.is_out:
            # Nobody who died told anybody that the database was away.
            answers = [each if each and "results" in each else None for each in answers]
            self.kill()
        return answers

    def _together(self, one: Callable[[int], None], sizes: list[int]) -> None:
        """The first holds the writer up until the others stand in line, in order."""
        self._held.clear()
        self._expected = sum(sizes[1:])
        threads = [Thread(target=one, args=(n,)) for n in range(len(sizes))]
        threads[0].start()
        assert self._held.wait(20)
        for n, thread in enumerate(threads[1:], 1):
            thread.start()
            if n + 1 < len(threads):
                self._wait_for_line(sum(sizes[1 : n + 1]))
        for thread in threads:
            thread.join()

    def _through_gate(self, call: Callable[..., Any], *args: Any) -> Any:
        self._held.set()
        self._wait_for_line(self._expected)
        self._expected = 0
        return call(*args)

    def _wait_for_line(self, mutations: int) -> None:
        deadline = time.monotonic() + 20
        while self.writer.waiting < mutations:
            assert time.monotonic() < deadline, "a push never came to the writer"
            time.sleep(0.0002)

    def ask(self, client: Client, name: str, payload: Json) -> Json:
        """An event at the live door, and its ack."""
        right, handler = EVENTS[name]

        def handle() -> Json:
            actor = self._identify(client)
            actor.check(right)
            return handler(Call(self._tools, actor, _LANGUAGE, payload))

        return answer(Caller(_LANGUAGE), handle)

    def _identify(self, client: Client) -> Actor:
        with Session(self.engine) as session:
            return actor_of_token(session, client.token)

    def connect(self, client: Client) -> None:
        """Take the client into its room, as the live door does; the client itself asks for what it missed."""
        room = self._identify(client).room
        with Session(self.engine) as session:
            revision = session.scalar(select(Workshop.revision).where(Workshop.id == room.workshop))
        self.broadcaster.enter(room, revision or 0)
        self.members.setdefault(room, []).append(client)

    def disconnect(self, client: Client) -> None:
        for room, members in list(self.members.items()):
            if client in members:
                members.remove(client)
                if not members:
                    self.broadcaster.leave(room)
                    del self.members[room]

    def hear(self, message: bytes) -> None:
        """What another process published has come here."""
        self.broadcaster.hear(decode_delta(message))

    def look(self) -> None:
        """What every process does now and then: look for what it was not told."""
        with Session(self.engine) as session:
            for workshop in self.broadcaster.followed():
                revision = session.scalar(select(Workshop.revision).where(Workshop.id == workshop))
                self.broadcaster.catch_up(workshop, revision or 0)

    def tell(self) -> None:
        """The rooms are told what they have not been told."""
        self.broadcaster.tell_waiting()

    def _emit(self, room: Room, payload: Json) -> None:
        for client in self.members.get(room, ()):
            client.inbox.append(payload)
