"""The live wire where a network lets no WebSocket through: Engine.IO's long polling, faced as `wire.LiveConnection`.

As in a browser one connection carries the poll and another what is sent. Each waits in a thread of the crowd's.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, Self

import requests

from wire import CONNECT_PATIENCE, Refused

_CHANGES = '42["changes",'
_SEPARATOR = "\x1e"
_SILENCE = 60.0  # seconds that a poll may go unanswered; the server pings every 20


def direct() -> requests.Session:
    """HTTP without the proxies of the environment, which must not be asked for this machine's own address."""
    session = requests.Session()
    session.trust_env = False
    return session


class PollingConnection:
    """One connection, from handshake to farewell."""

    def __init__(self, threads: Executor, address: str, changes: Callable[[bytes], None]) -> None:
        self._threads = threads
        self._address = address
        self._changes = changes
        self._hearing, self._sending = direct(), direct()
        self._acks: dict[int, asyncio.Future[Any]] = {}
        self._asked = 0
        self._poller: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls,
        threads: Executor,
        base: str,
        token: str,
        changes: Callable[[bytes], None],
        lost: Callable[[], None],
        *,
        query: str = "",
    ) -> Self:
        """Connect to the server at ``base``.

        Raises:
            Refused: the server said no.
            ConnectionError, TimeoutError: nobody answered, or not as a server of ours.
        """
        self = cls(threads, f"{base}/socket.io/?EIO=4&transport=polling{query}", changes)
        async with asyncio.timeout(CONNECT_PATIENCE):
            [opened] = await self._receive()
            self._address += f"&sid={json.loads(opened[1:])['sid']}"
            await self._send("40" + json.dumps({"token": token}))
            waiting = await self._receive()
        if waiting[0].startswith("44"):
            raise Refused(json.loads(waiting[0][2:]).get("message", ""))
        self._poller = asyncio.create_task(self._poll(waiting[1:], lost))
        return self

    async def call(self, event: str, payload: Any, *, patience: float = 8.0) -> Any:
        """The decoded ack of an event.

        Raises:
            ConnectionError, TimeoutError: whether the server heard it is unknown.
        """
        number, self._asked = self._asked, self._asked + 1
        self._acks[number] = answered = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(patience):
                await self._send(f"42{number}{json.dumps([event, payload])}")
                return await answered
        finally:
            self._acks.pop(number, None)
            answered.cancel()

    def drop(self) -> None:
        """End the connection without a farewell."""
        if self._poller is not None:
            self._poller.cancel()

    async def _send(self, packets: str) -> None:
        await self._ask(self._sending, "POST", packets.encode())

    async def _receive(self) -> list[str]:
        return (await self._ask(self._hearing, "GET")).split(_SEPARATOR)

    async def _ask(self, http: requests.Session, method: str, body: bytes | None = None) -> str:
        def ask() -> str:
            answer = http.request(method, self._address, data=body, timeout=_SILENCE)
            answer.raise_for_status()
            answer.encoding = "utf-8"
            return answer.text

        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except requests.RequestException as error:
            raise ConnectionError(str(error)) from error

    async def _poll(self, packets: list[str], lost: Callable[[], None]) -> None:
        try:
            while True:
                for packet in packets:
                    await self._take(packet)
                packets = await self._receive()
        except ConnectionError:
            pass
        finally:
            for ack in self._acks.values():
                if not ack.done():
                    ack.set_exception(ConnectionError("lost before the answer"))
            lost()

    async def _take(self, packet: str) -> None:
        if packet.startswith(_CHANGES):
            self._changes(packet[len(_CHANGES) : -1].encode())
        elif packet.startswith("43"):
            number, _, answer = packet[2:].partition("[")
            ack = self._acks.get(int(number))
            if ack is not None:  # its caller may have lost patience
                ack.set_result(json.loads(answer[:-1]))
        elif packet == "2":  # is anybody there?
            await self._send("3")
        elif packet[:2] in {"1", "41"}:
            raise ConnectionError("the server hung up")
