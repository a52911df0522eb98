"""A hall of phones and boards in one process, and the record of what each was shown and when."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Coroutine
from time import monotonic
from typing import Any

import msgspec
from benchmarks.live.member import Member
from benchmarks.live.plan import Crew, PlannedNote
from benchmarks.live.systems import Tokens

_AT_ONCE = 50  # connections being made at the same time, while the hall fills
UNKNOWN = -1  # a note that nobody here wrote
ALTERED = -2  # one of ours, with another text


class Heard(msgspec.Struct, rename={"after": "from"}):
    """What of a `changes` message the record needs; ``notes`` are places in `Crowd.notes`."""

    after: int
    revision: int
    notes: tuple[int, ...] = ()
    refused: bool = False


class _Shown(msgspec.Struct):
    id: str
    text: str | None = None


class _Message(msgspec.Struct, rename={"after": "from"}):
    after: int = 0
    revision: int = 0
    notes: list[_Shown] = []
    error: Any = None


_message = msgspec.json.Decoder(_Message)


class Crowd:
    """The crew of one workshop.

    ``record`` has (when, who, which notes, whether it was asked for) of every message that showed any.
    """

    def __init__(self, base: str, crew: Crew, tokens: Tokens) -> None:
        self.base = base
        self.crew = crew
        boards = [tokens.board] * crew.boards
        self.members = [Member(self, i, token, crew.group_of(i)) for i, token in enumerate(tokens.phones)]
        self.members += [Member(self, crew.phones + i, token, None) for i, token in enumerate(boards)]
        self.members.append(Member(self, len(self.members), tokens.screen, None, follows_notes=False))
        self.notes: list[PlannedNote] = []
        self.first = 0  # where the notes last played begin
        self.record: list[tuple[float, int, tuple[int, ...], bool]] = []
        self.sent_at: dict[str, float] = {}
        self.acked_at: dict[str, float] = {}
        self.rejected: dict[str, str] = {}
        self.deliveries = 0
        self.messages = 0
        self.gaps = self.cut_off = self.turned_away = self.failed_attempts = 0
        self.closing = False
        self._places: dict[str, int] = {}
        self._read: dict[bytes, Heard] = {}  # a room's members get the same bytes
        self._tasks: set[asyncio.Task[None]] = set()

    async def fill(self) -> bool:
        """Connect everybody, and wait until each knows what there is; False when somebody never does."""
        gate = asyncio.Semaphore(_AT_ONCE)

        async def enter(member: Member) -> None:
            async with gate:
                await member.come()

        try:
            async with asyncio.timeout(120):
                await asyncio.gather(*map(enter, self.members))
        except TimeoutError:
            return False
        return await self.settled(60)

    async def settled(self, patience: float) -> bool:
        """Wait until every member is up to date with nothing to hand over; False when that does not happen."""
        return await self._until(lambda: all(member.at_rest for member in self.members), patience)

    async def seen_by_all(self, patience: float) -> bool:
        """Wait until everything written is answered and has been shown as many times as it should."""

        def done() -> bool:
            answered = len(self.acked_at) + len(self.rejected)
            return answered >= len(self.notes) and self.deliveries >= expected

        played = self.notes[self.first :]
        expected = sum(self.crew.readers(self.crew.group_of(note.phone)) + 1 for note in played)
        return await self._until(done, patience)

    async def _until(self, condition: Any, patience: float) -> bool:
        deadline = monotonic() + patience
        while not condition():
            if monotonic() > deadline:
                return False
            await asyncio.sleep(0.02)
        return True

    def _announce(self, notes: list[PlannedNote]) -> None:
        """Forget what was shown of earlier notes; these are what the record is about now."""
        self.first = len(self.notes)
        self.record.clear()
        self.deliveries = self.messages = 0
        for note in notes:
            self._places[note.id] = len(self.notes)
            self.notes.append(note)

    async def play(self, notes: list[PlannedNote]) -> float:
        """Write every note when it is due, whatever the server does; the moment that dues count from."""
        self._announce(notes)
        gc.collect()
        gc.disable()  # our own pauses must not be read as the server's
        try:
            start = monotonic() + 0.1
            for note in notes:
                wait = start + note.due - monotonic()
                if wait > 0:
                    await asyncio.sleep(wait)
                self.members[note.phone].write(note)
        finally:
            gc.enable()
        return start

    def back_since(self, went: float) -> list[float]:
        """When each of those who were cut off at or after a moment knew everything again."""
        return [m.up_to_date_at for m in self.members if m.up_to_date_at > m.lost_at >= went]

    def close(self) -> None:
        self.closing = True
        for member in self.members:
            member.leave()

    def keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something run on beside what we wait for."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def sent(self, batch: list[PlannedNote]) -> None:
        now = monotonic()
        for note in batch:
            self.sent_at.setdefault(note.id, now)

    def answered(self, note_id: str, at: float, refusal: str) -> None:
        if refusal:
            self.rejected[note_id] = refusal
        else:
            self.acked_at.setdefault(note_id, at)

    def shown(self, at: float, who: int, notes: tuple[int, ...], asked: bool) -> None:
        self.record.append((at, who, notes, asked))
        self.deliveries += len(notes)

    def read(self, payload: bytes) -> Heard:
        """A message; decoded once for all who get the same."""
        self.messages += 1
        heard = self._read.get(payload)
        if heard is None:
            if len(self._read) > 2000:
                self._read.clear()
            message = _message.decode(payload)
            notes = tuple(self._place(note) for note in message.notes)
            heard = Heard(message.after, message.revision, notes, message.error is not None)
            self._read[payload] = heard
        return heard

    def _place(self, note: _Shown) -> int:
        place = self._places.get(note.id, UNKNOWN)
        return place if place == UNKNOWN or self.notes[place].text == note.text else ALTERED
