"""How a room's message reaches everyone in it: encoded and framed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import engineio.socket
import msgspec
from engineio.packet import MESSAGE, Packet

from verkstad.domain.roles import Room
from verkstad.realtime.line import Line
from verkstad.realtime.websocket import LiveWebSocket, text_frame
from verkstad.services import metrics


class Post:
    """Knows who is in which room of this process."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._members: dict[Room, dict[str, engineio.socket.Socket]] = {}  # by Socket.IO's name
        self._websockets = 0
        metrics.watch_connections("websocket", lambda: self._websockets)
        metrics.watch_connections("polling", lambda: len(server.eio.sockets) - self._websockets)

    def go_direct(self, answer: Callable[[str, str, Any], Any]) -> None:
        """Use connections of our own; for our own HTTP server only, others do not give us the socket.

        ``answer`` is that of `Line`.

        The library has no other way to be told of either class.
        """
        Line.answer = staticmethod(answer)
        engineio.socket.Socket = Line
        self._server.eio.start_service_task = False  # a line ends by itself
        self._server.eio._async["websocket"] = self._open_websocket

    def _open_websocket(self, handler: Any, server: object) -> LiveWebSocket:
        self._websockets += 1
        return LiveWebSocket(handler, self._server.eio.max_http_buffer_size, self._close_websocket)

    def _close_websocket(self) -> None:
        self._websockets -= 1

    def enter(self, room: Room, sid: str) -> str:
        """From now on the connection gets what the room gets. Returns Engine.IO's name of it."""
        name: str = self._server.manager.eio_sid_from_sid(sid, "/")
        self._members.setdefault(room, {})[sid] = self._server.eio.sockets[name]
        return name

    def leave(self, room: Room, sid: str) -> tuple[str, bool]:
        """And now it does not any more. Returns that name, and whether it was the last in the room."""
        members = self._members[room]
        name: str = members.pop(sid).sid
        if not members:
            del self._members[room]
        return name, not members

    def send(self, room: Room, payload: dict[str, Any]) -> None:
        """Send a message of changes to everyone in the room."""
        members = self._members.get(room)
        if not members:
            return
        text = b'2["changes",%b]' % msgspec.json.encode(payload)
        packet, frame = Packet(MESSAGE, text.decode()), text_frame(b"4" + text)
        for line in list(members.values()):
            if isinstance(line, Line):
                line.write(packet, frame)
            else:
                self._server.eio.send_packet(line.sid, packet)
        metrics.told(len(members))
