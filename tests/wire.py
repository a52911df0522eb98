"""The live wire as a phone or a board holds it: Socket.IO over one WebSocket, cheap enough for a thousand in a process.

Written against docs/wire.md with frames of our own, so that neither the server's library nor the browsers' is its own
judge. It does not reconnect, resend or apply anything: that is what its users are about.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Self

from picows import WSError, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

CONNECT_PATIENCE = 6.0  # seconds, as the browsers' connection has it
_CHANGES = b'42["changes",'


class Refused(Exception):
    """The server does not let the caller in; the message is its code."""


class LiveConnection(WSListener):
    """One connection, from handshake to farewell.

    ``changes`` gets the JSON of each message as it came; ``lost`` is called once, when what was up is gone.
    """

    def __init__(self, token: str, changes: Callable[[bytes], None], lost: Callable[[], None]) -> None:
        self._auth = b"40" + json.dumps({"token": token}).encode()
        self._changes = changes
        self._lost = lost
        self._transport: WSTransport | None = None
        self._entered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._acks: dict[int, Callable[[bytes | None], None]] = {}
        self._asked = 0

    @classmethod
    async def open(
        cls, base: str, token: str, changes: Callable[[bytes], None], lost: Callable[[], None], *, query: str = ""
    ) -> Self:
        """Connect to the server at ``base``.

        Raises:
            Refused: the server said no.
            ConnectionError, TimeoutError: nobody answered, or not as a server of ours.
        """
        self = cls(token, changes, lost)
        address = f"{base.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket{query}"
        try:
            async with asyncio.timeout(CONNECT_PATIENCE):
                await ws_connect(lambda: self, address, websocket_handshake_timeout=None)
                await self._entered
        except WSError as error:
            self._entered.cancel()
            raise ConnectionError(str(error)) from error
        except BaseException:
            self._entered.cancel()
            self.drop()
            raise
        return self

    def ask(self, event: str, payload: bytes, then: Callable[[bytes | None], None]) -> None:
        """Send an event with a JSON payload; ``then`` gets its ack as JSON, or None when the connection is lost first.

        Raises:
            ConnectionError: the connection is gone already.
        """
        if self._transport is None:
            raise ConnectionError("not connected")
        self._acks[self._asked] = then
        packet = b'42%d["%s",%s]' % (self._asked, event.encode(), payload)
        self._asked += 1
        self._transport.send(WSMsgType.TEXT, packet)

    async def call(self, event: str, payload: Any, *, patience: float = 8.0) -> Any:
        """The decoded ack of an event.

        Raises:
            ConnectionError, TimeoutError: whether the server heard it is unknown.
        """
        answered: asyncio.Future[bytes | None] = asyncio.get_running_loop().create_future()

        def then(ack: bytes | None) -> None:
            if not answered.done():
                answered.set_result(ack)

        self.ask(event, json.dumps(payload).encode(), then)
        async with asyncio.timeout(patience):  # `wait_for` may swallow a cancellation that comes with the answer
            ack = await answered
        if ack is None:
            raise ConnectionError("lost before the answer")
        return json.loads(ack)

    def drop(self) -> None:
        """End the connection without a farewell."""
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        packet = frame.get_payload_as_bytes()
        if packet.startswith(_CHANGES):
            self._changes(packet[len(_CHANGES) : -1])
        elif packet.startswith(b"43"):
            number, _, answer = packet[2:].partition(b"[")
            self._acks.pop(int(number))(answer[:-1])
        elif packet == b"2":  # is anybody there?
            transport.send(WSMsgType.TEXT, b"3")
        elif packet.startswith(b"0"):
            transport.send(WSMsgType.TEXT, self._auth)
        elif packet.startswith(b"40"):
            if not self._entered.done():
                self._entered.set_result(None)
        elif packet.startswith(b"44"):
            self._end(Refused(json.loads(packet[2:]).get("message", "")))
        elif packet.startswith(b"41"):
            transport.disconnect(graceful=False)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        was_up = self._entered.done() and not self._entered.cancelled() and self._entered.exception() is None
        self._transport = None
        self._end(ConnectionError("the server hung up"))
        if was_up:
            self._lost()
        waiting, self._acks = self._acks, {}
        for then in waiting.values():
            then(None)

    def _end(self, reason: Exception) -> None:
        if not self._entered.done():
            self._entered.set_exception(reason)
