"""The load driver: a crowd of phones and boards on a running installation, in a thread of its own.

    with Crowd(server.base, code, groups=8, phones=60, boards=[studio]) as crowd:
        crowd.write(30)                # notes a second from now on, whatever the server does
        ...                            # kill, pause, cut
        verdict = crowd.finish(lambda: stored_notes(server, workshop))
        assert verdict.faults == {}

Notes come at their times whether the server answers or not; each phone keeps its own in an outbox and sends them
again, with the same ids, until they are answered.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self, TypeVar

from faults.history import TAKEN, Class, History, Stored, Verdict, What, ack_times, judge, percentile
from faults.phones import Connect, Follower, Line, Phone
from faults.polling import PollingConnection, direct
from wire import LiveConnection

T = TypeVar("T")
JOINING = 10  # phones that join at a time
JOIN_PATIENCE = 60.0
WORDS = "Vad blir det av alla goda diskussioner på kvällen, och hur får vi veta det? "


class Crowd:
    """Phones in groups, and boards; ``boards`` are studio tokens, whose holders see every note.

    ``bases`` is one address or several, taken in turn; ``polling`` is the share of phones without WebSocket; ``sticky``
    names a query argument that tells a proxy which client it is; ``length`` is of the notes' texts.
    """

    def __init__(
        self,
        bases: str | Sequence[str],
        code: str,
        *,
        groups: int = 8,
        phones: int = 60,
        boards: Iterable[str] = (),
        polling: float = 0.0,
        sticky: str | None = None,
        look: float = 20.0,
        question: str = "q1",
        length: int = 60,
    ) -> None:
        self.history = History()
        self.phones: list[Phone] = []
        self.boards: list[Follower] = []
        self._bases = [bases] if isinstance(bases, str) else list(bases)
        self._code, self._groups, self._count, self._polling = code, groups, phones, polling
        self._board_tokens, self._sticky, self._look, self._question = list(boards), sticky, look, question
        self._filling = (WORDS * (length // len(WORDS) + 1))[:length]
        self._rate = 0.0
        self._written = 0
        self._spread: dict[str, float] = {}  # when somebody last began to show a note
        self._threads = ThreadPoolExecutor(JOINING + 2 * round(polling * phones))
        self._http = direct()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="crowd", daemon=True)
        self._tasks: list[asyncio.Task[None]] = []

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._assemble(), JOIN_PATIENCE + self._count / 5)
        return self

    def __exit__(self, *exception: object) -> None:
        self._run(self._leave(), 30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def everybody(self) -> list[Follower]:
        return [*self.phones, *self.boards]

    @property
    def waiting(self) -> int:
        """Notes in all outboxes."""
        return sum(len(phone.outbox) for phone in self.phones)

    @property
    def acked(self) -> int:
        """Answers so far that a note was taken."""
        return self.history.count(*TAKEN)

    def write(self, rate: float) -> None:
        """From now on so many notes a second, from random phones; 0 ends it: none comes after this returns."""

        async def change() -> None:
            self._rate = rate

        self._run(change(), 10)

    def burst(self, notes: int) -> None:
        """So many notes at once, over all phones."""
        for _ in range(notes):
            self._loop.call_soon_threadsafe(self._write_one)

    def say(self, phone: Phone, text: str) -> str:
        """One note of the test's own; its id."""

        async def write() -> str:
            return phone.write(self._question, text)

        return self._run(write(), 10)

    def flood(self, phone: Phone, notes: int) -> None:
        """So many notes at once from one phone."""
        for number in range(notes):
            self._loop.call_soon_threadsafe(phone.write, self._question, f"Flod {number} från {phone.name}")

    def back_after(self, moment: float, *, seconds: float = 60.0) -> list[float]:
        """Seconds from ``moment`` until each client had been told everything and had nothing left from before it.

        Raises:
            AssertionError: somebody is not back in time.
        """
        deadline = time.monotonic() + seconds
        while late := [c.name for c in self.everybody if not _back_at(c, moment)]:
            assert time.monotonic() < deadline, f"{len(late)} of {len(self.everybody)} are not back: {late[:5]}"
            time.sleep(0.05)
        return [_back_at(client, moment) - moment for client in self.everybody]

    def settle(self, seconds: float = 60.0) -> None:
        """Stop writing and wait until all outboxes are empty and everybody shows what was acked.

        Does not fail when the time is up: what is missing then is for `judge` to name.
        """
        self.write(0)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.waiting and self._all_shown():
                return
            time.sleep(0.1)

    def finish(self, stored: Callable[[], Sequence[Stored]], seconds: float = 60.0) -> Verdict:
        """Settle, read the database back, and judge. The crowd writes good notes: a refusal is a fault of its own."""
        self.settle(seconds)
        assert not self.waiting, f"{self.waiting} notes were never answered"
        assert not (refused := {e.code for e in self.history if e.what is What.FAIL}), refused
        return judge(self.history, stored(), [client.shown() for client in self.everybody])

    def figures(self, verdict: Verdict) -> dict[str, float]:
        """What a run is summed up in; times in milliseconds."""
        acks = ack_times(self.history)
        return {
            "notes": self._written,
            "acked": verdict.count(Class.OK),
            "unknown": self.history.count(What.UNKNOWN),
            "resent": self.history.count(What.DUPLICATE),
            "busy": self.history.count(What.BUSY),
            "reconnects": sum(client.lives - 1 for client in self.everybody),
            "gaps": sum(client.gaps for client in self.everybody),
            "ack_p50_ms": round(percentile(acks, 50) * 1000, 1),
            "ack_p95_ms": round(percentile(acks, 95) * 1000, 1),
            "ack_max_ms": round(max(acks, default=0) * 1000, 1),
            "shown_p95_ms": round(percentile(self.shown_after(), 95) * 1000, 1),
            "shown_max_ms": round(max(self.shown_after(), default=0) * 1000, 1),
        }

    def shown_after(self) -> list[float]:
        """Seconds from each note's ack until the last one who sees it showed it."""
        acked = {e.id: e.at for e in self.history if e.what in TAKEN}
        return [max(0.0, self._spread[note] - at) for note, at in acked.items() if note in self._spread]

    def follow(self, token: str, base: str) -> Follower:
        """One more board, which comes another way than the others."""
        connect = self._connector(len(self.everybody), base, polling=False)
        board = Follower(f"board by {base}", token, None, connect, self._look)
        self.boards.append(board)
        self._run(self._enter(board), 10)
        return board

    def call(self, work: Coroutine[Any, Any, T], seconds: float = 30) -> T:
        """Run something of the test's own among the crowd."""
        return self._run(work, seconds)

    def _all_shown(self) -> bool:
        acked = {e.id for e in self.history if e.what in TAKEN}
        due: dict[int | None, set[str]] = {None: acked}
        for event in self.history:
            if event.what is What.INVOKE and event.id in acked:
                due.setdefault(event.group, set()).add(event.id)
        return all(client.notes.keys() >= due.get(client.group, set()) for client in self.everybody)

    def _run(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(seconds)

    async def _assemble(self) -> None:
        groups = [1 + n % self._groups for n in range(self._count)]
        tokens = await asyncio.gather(*(self._join(group) for group in groups))
        for number, (group, token) in enumerate(zip(groups, tokens, strict=True)):
            connect = self._connector(number, self._base(number), polling=number < self._polling * self._count)
            name = f"phone {number}"
            self.phones.append(
                Phone(name, token, group, connect, self._look, seen=self._note_seen, history=self.history)
            )
        for number, token in enumerate(self._board_tokens):
            connect = self._connector(self._count + number, self._base(number), polling=False)
            self.boards.append(Follower(f"board {number}", token, None, connect, self._look, seen=self._note_seen))
        self._tasks = [asyncio.create_task(client.live()) for client in self.everybody]
        self._tasks.append(asyncio.create_task(self._keep_writing()))
        while not all(client.synced_at for client in self.everybody):
            await asyncio.sleep(0.05)

    async def _enter(self, client: Follower) -> None:
        self._tasks.append(asyncio.create_task(client.live()))

    async def _leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        ends = await asyncio.gather(*self._tasks, return_exceptions=True)
        self._threads.shutdown(wait=False)
        # A client that was refused, or a fault of the driver itself, must not pass for a quiet one.
        for end in ends:
            if end is not None and not isinstance(end, asyncio.CancelledError):
                raise end

    async def _join(self, group: int) -> str:
        address = f"{self._bases[0]}/api/v1/workshops/{self._code}/join"
        deadline = time.monotonic() + JOIN_PATIENCE
        while True:
            answer = await self._loop.run_in_executor(
                self._threads, lambda: self._http.post(address, json={"group": group}, timeout=JOIN_PATIENCE)
            )
            said: dict[str, Any] = answer.json()
            if answer.ok:
                return str(said["token"])
            assert answer.status_code in {429, 503} and time.monotonic() < deadline, said
            await asyncio.sleep(random.uniform(0, 2 * said.get("retry_after", 1)))

    def _base(self, number: int) -> str:
        return self._bases[number % len(self._bases)]

    def _connector(self, number: int, base: str, *, polling: bool) -> Connect:
        query = f"&{self._sticky}={number:06d}-{id(self):x}" if self._sticky else ""

        async def connect(token: str, changes: Callable[[bytes], None], lost: Callable[[], None]) -> Line:
            if polling:
                return await PollingConnection.open(self._threads, base, token, changes, lost, query=query)
            return await LiveConnection.open(base, token, changes, lost, query=query)

        return connect

    async def _keep_writing(self) -> None:
        """Open loop: each note has its own time, and one that is late is written at once."""
        due = time.monotonic()
        while True:
            if self._rate <= 0:
                await asyncio.sleep(0.05)
                due = time.monotonic()
                continue
            due += random.expovariate(self._rate)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if self._rate > 0:  # it may have been told to stop meanwhile
                self._write_one()

    def _write_one(self) -> None:
        self._written += 1
        random.choice(self.phones).write(self._question, f"Lapp {self._written}: {self._filling}")

    def _note_seen(self, note: str) -> None:
        self._spread[note] = time.monotonic()


def _back_at(client: Follower, moment: float) -> float:
    """When the client was told everything and had sent what it had from before; 0 when it has not."""
    if client.synced_at < moment:
        return 0.0
    if not isinstance(client, Phone):
        return client.synced_at
    if client.drained_at < moment and client.outbox:
        return 0.0
    return max(client.synced_at, client.drained_at)
