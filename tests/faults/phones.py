"""A phone and a board as the load driver plays them: an outbox, the client rule of docs/wire.md, and coming back."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

import uuid_utils

from faults.history import History, Shown, What
from wire import Refused

Json = dict[str, Any]
LONGEST_PAUSE = 10.0  # seconds; the phones' own, see platform/frontend/shared/socket.ts
LOOK = 20.0  # seconds between looks when nothing has been heard
BATCH = 50
DENIALS = frozenset({"unauthorized", "forbidden", "csrf"})


class Line(Protocol):
    """A live connection on either transport."""

    async def call(self, event: str, payload: Any, *, patience: float = 8.0) -> Any:
        """The decoded ack of an event."""

    def drop(self) -> None:
        """End the connection without a farewell."""


Connect = Callable[[str, Callable[[bytes], None], Callable[[], None]], Awaitable[Line]]


@dataclass
class Follower:
    """A client that follows the workshop; ``group`` is None for one that sees all of it."""

    name: str
    token: str
    group: int | None
    connect: Connect
    look: float = LOOK
    known: int = 0
    notes: dict[str, Json] = field(default_factory=dict)  # as it was last told; one that is gone has no text
    line: Line | None = None
    lives: int = 0  # connections so far
    synced_at: float = 0.0  # when it was last told everything
    gaps: int = 0
    seen: Callable[[str], None] = lambda note: None
    _lost: asyncio.Event = field(default_factory=asyncio.Event)
    _behind: asyncio.Event = field(default_factory=asyncio.Event)

    def shown(self) -> Shown:
        """What is on its screen now."""
        return Shown(self.name, self.group, {n["id"]: n["text"] for n in self.notes.values() if n["text"] is not None})

    async def live(self) -> None:
        """Connect, follow, and come back whenever the connection is lost; until cancelled, or until refused."""
        failures = 0
        while True:
            try:
                self._lost.clear()
                self.line = await self.connect(self.token, self._hear, self._lost.set)
                self.lives += 1
                failures = 0
                await self._follow()
            except Refused as refusal:
                if str(refusal) in DENIALS:
                    raise
            except (ConnectionError, TimeoutError, OSError):
                pass
            finally:
                self.drop()
            # Full jitter: a hall must not come back in step.
            await asyncio.sleep(random.uniform(0, min(LONGEST_PAUSE, 2.0**failures)))
            failures += 1

    def drop(self) -> None:
        """Give the connection up, as when the network went away."""
        line, self.line = self.line, None
        if line is not None:
            line.drop()
        self._lost.set()

    async def _follow(self) -> None:
        await self._synchronise()
        tasks = {asyncio.ensure_future(duty) for duty in (self._lost.wait(), *self._duties())}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            # A batch in flight is written down as unanswered before the next connection sends it again.
            await asyncio.gather(*tasks, return_exceptions=True)

    def _duties(self) -> list[Coroutine[Any, Any, Any]]:
        """What it does side by side while connected."""
        return [self._look()]

    async def _look(self) -> None:
        """Ask when there was a gap, and now and then."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.look * random.uniform(0.75, 1.25)):
                    await self._behind.wait()
            await self._synchronise()

    async def _synchronise(self) -> None:
        if self.line is None:
            raise ConnectionError("not connected")
        self._behind.clear()
        asked = self.known
        answer: Json = await self.line.call("sync", {"since": asked})
        if "error" in answer:
            await asyncio.sleep(float(answer.get("retry_after", 1)))
            self._behind.set()
            return
        if answer["from"] == 0 < asked:  # the database was restored to an earlier moment
            self.notes.clear()
            self.known = 0
        self._apply(answer)
        self.synced_at = time.monotonic()

    def _hear(self, message: bytes) -> None:
        changes: Json = json.loads(message)
        if changes["from"] <= self.known:
            self._apply(changes)
        else:
            self.gaps += 1
            self._behind.set()

    def _apply(self, changes: Json) -> None:
        for note in changes["notes"]:
            held = self.notes.get(note["id"])
            if held is None or held["revision"] < note["revision"]:
                self.notes[note["id"]] = note
                self.seen(note["id"])
        self.known = max(self.known, changes["revision"])


@dataclass
class Phone(Follower):
    """A follower that also writes: an outbox, one batch in flight, the same ids until there is an answer."""

    history: History = field(default_factory=History)
    outbox: deque[Json] = field(default_factory=deque)
    drained_at: float = 0.0  # when its outbox was last empty
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def write(self, question: str, text: str) -> str:
        """Put a note in the outbox; its id."""
        note = str(uuid_utils.uuid7())
        assert self.group is not None
        self.history.invoke(self.name, note, self.group, text)
        self.outbox.append({"id": note, "kind": "note.add", "question": question, "text": text})
        self._more.set()
        return note

    def _duties(self) -> list[Coroutine[Any, Any, Any]]:
        return [*super()._duties(), self._send()]

    async def _send(self) -> None:
        failures = 0
        while True:
            if not self.outbox:
                self.drained_at = time.monotonic()
                self._more.clear()
                await self._more.wait()
            batch = [self.outbox[n] for n in range(min(BATCH, len(self.outbox)))]
            wait = await self._push(batch)
            if wait is None:
                failures = 0
                continue
            failures += 1
            # As the phones do: what the server asks for and a little, else full jitter.
            await asyncio.sleep(random.uniform(wait, wait + 1) if wait else random.uniform(0, min(30.0, 2.0**failures)))

    async def _push(self, batch: list[Json]) -> float | None:
        """Send a batch and take what was answered out of the outbox. None when all of it was, else how long to wait."""
        if self.line is None:
            raise ConnectionError("not connected")
        try:
            answer: Json = await self.line.call("push", {"mutations": batch})
        except BaseException:
            for mutation in batch:
                self.history.answer(What.UNKNOWN, self.name, mutation["id"])
            raise
        results = {result["id"]: result for result in answer.get("results", [])}
        for mutation in batch:
            self._settle(mutation["id"], results.get(mutation["id"]), busy="retry_after" in answer)
        self.outbox = deque(each for each in self.outbox if each["id"] not in results)
        return None if len(results) == len(batch) else float(answer.get("retry_after", 0))

    def _settle(self, note: str, result: Json | None, *, busy: bool) -> None:
        if result is None:
            self.history.answer(What.BUSY if busy else What.UNKNOWN, self.name, note)
        elif result["status"] == "rejected":
            self.history.answer(What.FAIL, self.name, note, code=result["code"])
        else:
            what = What.OK if result["status"] == "ok" else What.DUPLICATE
            self.history.answer(what, self.name, note, result["revision"])
