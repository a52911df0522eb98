"""The WebSocket under Socket.IO: one message framed once for everybody, and nobody waits for a slow reader.

The protocol is `websockets`'; here are only the socket's two ends. A frame goes to the kernel at once when it takes it.
What it does not take is kept, up to a bound, and written by a greenlet of its own; over the bound the connection ends,
and its client comes back and asks for what it missed.
"""

from __future__ import annotations

import logging
import os
import socket as sockets
import struct
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import gevent
from websockets.datastructures import Headers
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import Protocol, Side, State
from websockets.server import ServerProtocol

from verkstad.services import metrics

SOCKET = "verkstad.socket"  # where our HTTP server leaves the connection in the environment
MAX_FRAMES = 200  # that one connection may be behind
MAX_BEHIND = 1_000_000  # bytes of them, besides the frame that is being written
SEND_BUFFER = 64 * 1024  # what the kernel keeps besides; its own idea is megabytes
CHUNK = 65536
READ = 1  # what libev calls the event
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: what was not sent is thrown away

# How a refusal is counted that has no other answer than the farewell.
_REFUSALS: dict[int, str] = {CloseCode.MESSAGE_TOO_BIG: "too_large", CloseCode.INVALID_DATA: "malformed"}

# What the library would say of every broken frame fills a disk.
_silent = logging.getLogger("verkstad.realtime.frames")
_silent.setLevel(logging.CRITICAL)


def text_frame(text: bytes) -> bytes:
    """A message as it goes over the wire, the same for everyone it is sent to."""
    return Frame(Opcode.TEXT, text).serialize(mask=False)


class LiveWebSocket:
    """One connection, by the names that Engine.IO calls a WebSocket's parts.

    ``max_size`` is that of the largest message taken (bytes); ``ended`` is called once when it is over.
    """

    def __init__(self, handler: Callable[[LiveWebSocket], Any], max_size: int, ended: Callable[[], Any]) -> None:
        self._handler = handler
        self._ended = ended
        self._protocol = Protocol(Side.SERVER, max_size=max_size, logger=_silent)
        self._messages: deque[str | bytes] = deque()
        self._part: bytearray | None = None  # of a message that comes in several frames
        self._part_is_text = False
        self._behind: deque[bytes] = deque()
        self._behind_bytes = 0
        self._over = False

    def __call__(self, environ: dict[str, Any], start_response: object) -> Iterable[bytes]:
        self.socket: sockets.socket = environ[SOCKET]
        self.socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_SNDBUF, SEND_BUFFER)
        self._fileno = self.socket.fileno()
        self._readable = gevent.get_hub().loop.io(self._fileno, READ)
        try:
            if self._shake_hands(environ):
                self._handler(self)
        finally:
            self._over = True
            self._readable.close()
            self._ended()
        return []

    def _shake_hands(self, environ: dict[str, Any]) -> bool:
        """Answer the request for a WebSocket, which our HTTP server has read already; whether there is one now."""
        headers = Headers(
            (name[5:].replace("_", "-"), value) for name, value in environ.items() if name.startswith("HTTP_")
        )
        handshake = ServerProtocol(logger=_silent)
        response = handshake.accept(Request(environ["PATH_INFO"], headers))
        handshake.send_response(response)
        for data in handshake.data_to_send():
            self.socket.sendall(data)
        return response.status_code == HTTPStatus.SWITCHING_PROTOCOLS

    def wait(self) -> str | bytes | None:
        """The next message, however long that takes; None when there will be no more."""
        while not self._messages:
            if self._over:
                return None
            # gevent's own recv would try before there is anything, and keep a timer for it.
            gevent.get_hub().wait(self._readable)
            try:
                data = os.read(self._fileno, CHUNK)
            except BlockingIOError:
                continue
            except OSError:  # reset
                data = b""
            self._receive(data)
        return self._messages.popleft()

    def send(self, message: str | bytes) -> None:
        """Send a message of Engine.IO's own: an ack, a ping.

        Raises:
            OSError: the connection is over.
        """
        if isinstance(message, bytes):
            self.write(Frame(Opcode.BINARY, message).serialize(mask=False))
        else:
            self.write(text_frame(message.encode()))

    def write(self, frame: bytes) -> None:
        """Send a whole frame, now or as soon as those before it have gone; never waits.

        Raises:
            OSError: the connection is over.
        """
        if self._over:
            raise ConnectionResetError
        if not self._behind:
            sent = self._write_now(frame)
            if sent == len(frame):
                return
            frame = frame[sent:]
            gevent.spawn(self._write_behind)
        self._behind.append(frame)
        self._behind_bytes += len(frame)
        # The first one may be a whole evening, as its client asked for it; cut off for that, it would ask for ever.
        if len(self._behind) > MAX_FRAMES or self._behind_bytes - len(self._behind[0]) > MAX_BEHIND:
            metrics.cut_off()
            self.abort()

    def close(self) -> None:
        """Say goodbye and end the connection, if it has not ended."""
        if self._over:
            return
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(CloseCode.NORMAL_CLOSURE)
            self._flush()
        self._over = True
        self._shut_down()

    def abort(self) -> None:
        """End the connection now, and throw away what it was behind with."""
        self._over = True
        self._behind.clear()
        try:
            self.socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, _RESET)
        except OSError:
            return  # closed already
        self._shut_down()

    def _shut_down(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(sockets.SHUT_RDWR)  # wakes the one who waits for the next message

    def _write_now(self, frame: bytes) -> int:
        try:
            # gevent's own send would wait. The number is ours until it is over, and then nobody gets here.
            return os.write(self._fileno, frame)
        except BlockingIOError:
            return 0
        except OSError:
            self._over = True
            raise

    def _write_behind(self) -> None:
        try:
            while self._behind:
                self.socket.sendall(self._behind[0])
                if self._behind:  # not aborted meanwhile
                    self._behind_bytes -= len(self._behind.popleft())
        except OSError:
            self.abort()

    def _receive(self, data: bytes) -> None:
        if data:
            self._protocol.receive_data(data)
        else:
            self._protocol.receive_eof()
        for event in self._protocol.events_received():
            if isinstance(event, Frame):
                self._take(event)
        self._count_refusal()
        self._flush()
        if not data or self._protocol.state is not State.OPEN:
            self._over = True

    def _count_refusal(self) -> None:
        """When it is we who end the connection, for what was said on it."""
        farewell = self._protocol.close_sent
        if farewell is not None and self._protocol.close_rcvd is None:
            metrics.refused(_REFUSALS.get(farewell.code, "broken_frame"), "socket")

    def _take(self, frame: Frame) -> None:
        if frame.opcode in {Opcode.TEXT, Opcode.BINARY}:
            self._part, self._part_is_text = bytearray(), frame.opcode is Opcode.TEXT
        elif frame.opcode is not Opcode.CONT:
            return
        assert self._part is not None
        self._part += frame.data
        if not frame.fin:
            return
        message, self._part = bytes(self._part), None
        try:
            self._messages.append(message.decode() if self._part_is_text else message)
        except UnicodeDecodeError:
            self._protocol.fail(CloseCode.INVALID_DATA, "not UTF-8")

    def _flush(self) -> None:
        """Send what the protocol itself has to say: pongs, the farewell."""
        for data in self._protocol.data_to_send():
            if data and not self._over:
                try:
                    self.write(data)
                except OSError:
                    return
