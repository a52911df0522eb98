"""How a room's message reaches everyone in it: encoded and framed once, past the library's queue where that is safe."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec
from engineio.packet import MESSAGE, Packet

from verkstad.domain.roles import Room
from verkstad.realtime.websocket import MAX_FRAMES, LiveWebSocket, text_frame
from verkstad.services import metrics


class Post:
    """Knows who is in which room of this process, and by which way they are reached."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._members: dict[Room, dict[str, str]] = {}  # Engine.IO's name of each connection by Socket.IO's
        self._websockets: dict[str, LiveWebSocket] = {}  # by Engine.IO's name
        metrics.watch_connections("websocket", lambda: len(self._websockets))
        metrics.watch_connections("polling", lambda: len(server.eio.sockets) - len(self._websockets))

    def open_websocket(self, handler: Any, server: object) -> LiveWebSocket:
        """Makes the WebSocket of an upgraded request: what Engine.IO calls its WebSocket class.

        ``handler`` is a method of the Engine.IO connection that the request belongs to.
        """
        name = handler.__self__.sid
        self._websockets[name] = websocket = LiveWebSocket(
            handler, self._server.eio.max_http_buffer_size, lambda: self._websockets.pop(name, None)
        )
        return websocket

    def enter(self, room: Room, sid: str) -> None:
        """From now on the connection gets what the room gets."""
        self._members.setdefault(room, {})[sid] = self._server.manager.eio_sid_from_sid(sid, "/")

    def leave(self, room: Room, sid: str) -> bool:
        """And now it does not any more; whether it was the last."""
        members = self._members[room]
        del members[sid]
        if members:
            return False
        del self._members[room]
        return True

    def send(self, room: Room, payload: dict[str, Any]) -> None:
        """Send a message of changes to everyone in the room."""
        members = self._members.get(room)
        if not members:
            return
        text = b'2["changes",%b]' % msgspec.json.encode(payload)
        frame = text_frame(b"4" + text)
        for name in list(members.values()):
            self._send(name, text, frame)
        metrics.told(len(members))

    def _send(self, name: str, text: bytes, frame: bytes) -> None:
        connection = self._server.eio.sockets.get(name)
        if connection is None or connection.closed:
            return
        websocket = self._websockets.get(name)
        # Past what is in the library's queue nothing may go, or it would arrive before the welcome.
        if websocket is not None and connection.upgraded and connection.queue.empty():
            with suppress(OSError):  # its reader finds out, and says goodbye
                websocket.write(frame)
        elif connection.queue.qsize() < MAX_FRAMES:
            connection.send(Packet(MESSAGE, text.decode()))
        else:
            metrics.cut_off()
            connection.close(wait=False, abort=True)
