"""One phone or board of the crowd: it follows, writes one batch at a time, and comes back when it is cut off."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Any

import msgspec
import uuid_utils
from benchmarks.live.plan import PlannedNote

from wire import LiveConnection, Refused

if TYPE_CHECKING:
    from benchmarks.live.crowd import Crowd, Heard

MAX_BATCH = 50


class _Result(msgspec.Struct):
    id: str
    status: str
    code: str = ""


class _Answer(msgspec.Struct):
    """The ack of a push."""

    results: list[_Result] = []
    retry_after: float | None = None
    error: dict[str, Any] | None = None


_answer = msgspec.json.Decoder(_Answer)


class Member:
    """Who it is does not change; what it knows and has not yet handed over does."""

    def __init__(self, crowd: Crowd, index: int, token: str, group: int | None, *, follows_notes: bool = True) -> None:
        self.index = index
        self.group = group  # None for a board
        self.follows_notes = follows_notes  # the projector follows counts alone
        self.known = 0
        self.up_to_date_at = 0.0  # when the last sync after a connect was answered
        self.lost_at = 0.0
        self._crowd = crowd
        self._token = token
        self._ticket = uuid_utils.uuid4()  # what keeps a browser at one of several servers
        self._connection: LiveConnection | None = None
        self._outbox: deque[PlannedNote] = deque()
        self._in_flight: list[PlannedNote] = []
        self._resting = False
        self._syncing = False

    @property
    def at_rest(self) -> bool:
        """Whether it is connected, knows what it missed, and has nothing to hand over."""
        return self.up_to_date_at > self.lost_at and not self._outbox and not self._in_flight

    async def come(self, pause: float = 0.0) -> None:
        """Connect, after a pause, and try again as a phone does until that succeeds or all go home."""
        failures = 0
        while not self._crowd.closing:
            await asyncio.sleep(pause)
            try:
                return await self._enter()
            except (OSError, TimeoutError, Refused):
                self._crowd.failed_attempts += 1
                failures += 1
                pause = backoff(failures)
        return None

    async def _enter(self) -> None:
        """Connect and ask for what happened since."""
        base, query = self._crowd.base, f"&client={self._ticket}"
        self._connection = await LiveConnection.open(base, self._token, self._hear, self._cut, query=query)
        self._sync()
        self._push()

    def leave(self) -> None:
        if self._connection is not None:
            self._connection.drop()

    def write(self, note: PlannedNote) -> None:
        self._outbox.append(note)
        self._push()

    def _push(self) -> None:
        if self._connection is None or self._in_flight or self._resting or not self._outbox:
            return
        batch = self._in_flight = [self._outbox.popleft() for _ in range(min(len(self._outbox), MAX_BATCH))]
        mutations = b",".join([note.mutation for note in batch])
        self._crowd.sent(batch)
        self._connection.ask("push", b'{"mutations":[%b]}' % mutations, self._answered)

    def _answered(self, ack: bytes | None) -> None:
        now = monotonic()
        batch, self._in_flight = self._in_flight, []
        answer = _Answer() if ack is None else _answer.decode(ack)
        settled = {result.id: result for result in answer.results}
        for result in answer.results:
            self._crowd.answered(result.id, now, "" if result.status != "rejected" else result.code or "rejected")
        self._outbox.extendleft(note for note in reversed(batch) if note.id not in settled)
        if ack is not None and len(settled) < len(batch):
            self._crowd.turned_away += 1
            self._resting = True
            asyncio.get_running_loop().call_later(answer.retry_after or 1.0, self._rested)
        self._push()

    def _rested(self) -> None:
        self._resting = False
        self._push()

    def _hear(self, payload: bytes) -> None:
        heard = self._crowd.read(payload)
        if heard.after > self.known:
            self._crowd.gaps += 1
            self._sync()
        else:
            self._take(heard)

    def _take(self, heard: Heard, *, asked: bool = False) -> None:
        if heard.revision > self.known:
            self.known = heard.revision
        if heard.notes:
            self._crowd.shown(monotonic(), self.index, heard.notes, asked)

    def _sync(self) -> None:
        if self._connection is not None and not self._syncing:
            self._syncing = True
            self._connection.ask("sync", b'{"since":%d}' % self.known, self._synced)

    def _synced(self, ack: bytes | None) -> None:
        self._syncing = False
        if ack is None:
            return
        heard = self._crowd.read(ack)
        if heard.refused:
            self._crowd.turned_away += 1
            asyncio.get_running_loop().call_later(1.0, self._sync)
            return
        self._take(heard, asked=True)
        self.up_to_date_at = monotonic()

    def _cut(self) -> None:
        self._connection = None
        self.lost_at = monotonic()
        self._crowd.cut_off += 1
        if not self._crowd.closing:
            self._crowd.keep(self.come(backoff(0)))


def backoff(failures: int) -> float:
    """Seconds until a phone tries again: anywhere from nothing to 10, later 20 and 30 (`later` in shared/socket.ts)."""
    return random.random() * min(30.0, 10.0 * 2.0 ** max(0, failures - 1))
