"""Socket.IO packets as strangers may send them: text, events and acks, and nothing that upsets the library."""

from __future__ import annotations

from engineio.payload import Payload
from socketio.packet import ACK, CONNECT, DISCONNECT, EVENT, Packet

# A polling client sends what it has saved up in one body. The library throws all of it away above 16, without a word;
# the limit on bodies is limit enough.
Payload.max_decode_packets = 1000

UNREADABLE = "unreadable"  # no event of ours, so it is answered as every unknown one
_OURS = {"connect", "disconnect"}  # what the library tells us by the same name; no client may play the library


class TextPacket(Packet):
    """A packet without attachments, of which the library would keep any number in memory until the last has come."""

    uses_binary_events = False

    def decode(self, encoded_packet: str | bytes) -> int:
        """Read a packet; what cannot be read becomes an unknown event, so that it is refused like one."""
        try:
            super().decode(encoded_packet)
        except (ValueError, TypeError, RecursionError):
            # Its number stays, where it was read: who asked is told.
            self.packet_type, self.namespace, self.data = EVENT, None, [UNREADABLE]
        if self.packet_type not in {CONNECT, DISCONNECT, EVENT, ACK}:
            self.packet_type, self.data = EVENT, [UNREADABLE]
        if self.packet_type == EVENT and not _is_event(self.data):
            self.data = [UNREADABLE]
        return 0


def _is_event(data: object) -> bool:
    return isinstance(data, list) and bool(data) and isinstance(data[0], str) and data[0] not in _OURS
