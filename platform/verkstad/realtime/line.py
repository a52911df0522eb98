"""Engine.IO's connection, taught to do without two greenlets of its own: what it sends goes straight to the WebSocket.

The library keeps a queue, a greenlet that empties it and another that waits to ping, for every connection. A thousand
phones would hold thirty megabytes for that, and every ack would wait for a switch. And it looks through all of them all
the time for those that have not answered; here each has a timer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

import engineio.socket
import gevent
import msgspec
from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import NOOP, PING, PONG, UPGRADE, Packet
from gevent import get_hub

from verkstad.realtime.websocket import MAX_FRAMES, LiveWebSocket, text_frame
from verkstad.services import metrics

# What nearly every message is: an event of one argument with an ack, in Socket.IO's words inside Engine.IO's.
_EVENT = re.compile(r"42(\d{1,9})(?=\[)")
_ARGUMENTS = msgspec.json.Decoder(tuple[str, Any])


class Line(engineio.socket.Socket):
    """One client, on either transport.

    ``answer`` gives the ack of an event by the client's Engine.IO name, the event's and its argument, or None when the
    library shall see to it.
    """

    answer: ClassVar[Callable[[str, str, Any], Any]]

    websocket: LiveWebSocket | None = None
    connected: bool
    last_ping: float | None
    _ping: Any = None  # a timer of the loop's: a tenth of what a greenlet that waits would take

    def send(self, pkt: Packet) -> None:
        """Send a packet of the library's; never waits."""
        if self.check_ping_timeout():
            self.write(pkt, None)

    def write(self, pkt: Packet, frame: bytes | None) -> None:
        """Send a packet, with the frame that it makes if that is known already.

        Whoever does not fetch what is sent is cut off; they come back and ask for what they missed.
        """
        if self.closed:
            return
        if self.websocket is not None:
            try:
                self.websocket.send(pkt.encode()) if frame is None else self.websocket.write(frame)
            except OSError:
                return  # whoever reads from it finds out, and says goodbye
        elif self.queue.qsize() < MAX_FRAMES:
            self.queue.put(pkt)
        else:
            metrics.cut_off()
            self.close(wait=False, abort=True)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """End the connection."""
        # Not until a polling client has fetched the farewell: one that never does would be waited for for ever.
        super().close(wait=False, abort=abort, reason=reason)
        # The library answers a POST to a connection that it still knows, and that has ended, with a crash.
        self.server.sockets.pop(self.sid, None)
        if self._ping is not None:
            self._ping.stop()
        if self.websocket is not None:
            self.websocket.close()

    def schedule_ping(self) -> None:
        """Ping after the interval, if the last one has been answered; who does not answer in time is gone."""
        if self.last_ping:
            self.last_ping = None
            self._later(self.server.ping_interval, self._send_ping_now)

    def _later(self, seconds: float, act: Callable[[], object]) -> None:
        if self._ping is not None:
            self._ping.stop()
        self._ping = get_hub().loop.timer(seconds)
        self._ping.start(act)

    def _send_ping_now(self) -> None:
        if not self.closing and not self.closed:
            self.last_ping = time.time()
            self.send(Packet(PING))
            # A greenlet: to say goodbye may take a while, and the loop's own must not.
            self._later(self.server.ping_timeout, lambda: gevent.spawn(self._give_up))

    def _give_up(self) -> None:
        if self.last_ping:
            self.close(wait=False, abort=True, reason=self.server.reason.PING_TIMEOUT)

    def _websocket_handler(self, websocket: LiveWebSocket) -> list[Any]:
        """Serve the client over a WebSocket until it ends: what the library calls for an upgraded request."""
        if self.connected and not self._upgrade(websocket):
            return []
        self.connected = self.upgraded = True
        while not self.queue.empty():
            pending = self.queue.get_nowait()
            if pending is not None:
                websocket.send(pending.encode())
        self.websocket = websocket
        while (message := websocket.wait()) is not None and self._take(message):
            pass
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        return []

    def _upgrade(self, websocket: LiveWebSocket) -> bool:
        """The change from polling, as Engine.IO has it: probe, answer, and the last poll ended."""
        self.upgrading = True
        try:
            upgraded: bool = gevent.with_timeout(self.server.ping_timeout, self._probe, websocket, timeout_value=False)
            return upgraded
        except OSError:
            return False
        finally:
            self.upgrading = False

    def _probe(self, websocket: LiveWebSocket) -> bool:
        probe = _packet(websocket.wait())
        if probe is None or probe.packet_type != PING or probe.data != "probe":
            return False
        websocket.send(Packet(PONG, data="probe").encode())
        self.queue.put(Packet(NOOP))
        answer = _packet(websocket.wait())
        return answer is not None and answer.packet_type == UPGRADE

    def _take(self, message: str | bytes) -> bool:
        """Act on a message; whether to go on."""
        if isinstance(message, str) and self._answer_event(message):
            return True
        packet = _packet(message)
        try:
            if packet is not None:
                self.receive(packet)
        except UnknownPacketError:
            pass
        except SocketIsClosedError:
            return False
        except Exception:
            self.server.logger.exception("Unknown receive error")
            return False
        return True

    def _answer_event(self, message: str) -> bool:
        """Answer an event the short way; False for anything out of the ordinary, which goes through the library."""
        event = _EVENT.match(message)
        if event is None or self.websocket is None:
            return False
        try:
            name, argument = _ARGUMENTS.decode(message[event.end() :])
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return False
        ack = Line.answer(self.sid, name, argument)
        if ack is None:
            return False
        with suppress(OSError):  # gone meanwhile: it will ask again
            self.websocket.write(text_frame(b"43%b[%b]" % (event[1].encode(), msgspec.json.encode(ack))))
        return True


def _packet(message: str | bytes | None) -> Packet | None:
    """What a message says; None for one that says nothing."""
    if not message:
        return None
    try:
        return Packet(encoded_packet=message)
    except (ValueError, IndexError):
        return None
