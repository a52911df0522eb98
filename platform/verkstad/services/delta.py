"""What one transaction changed in a workshop, as the rooms are told of it, in this process and in others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

Json = dict[str, Any]


class Delta(msgspec.Struct, frozen=True, kw_only=True):
    """The change from one revision to another.

    When all of it was notes coming in, ``notes`` and ``groups`` hold everything that a room must be told (as
    `services.changes` would say it to a board). Else ``reread`` is set, and the boards and the phones at ``tables``
    (None: at every table) have to look in the database.
    """

    workshop: int
    before: int
    revision: int
    notes: list[Json] = []
    groups: list[Json] = []
    shared: list[str] = []  # the questions among the notes' whose notes everyone sees
    reread: bool = False
    tables: list[int] | None = []


def touched(workshop: int, revision: int) -> Delta:
    """Something about the workshop itself changed: everyone looks."""
    return Delta(workshop=workshop, before=revision - 1, revision=revision, reread=True, tables=None)


def stamp(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with ``Z``, to the millisecond."""
    return None if moment is None else moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


_decoder = msgspec.json.Decoder(Delta)


def encode_delta(delta: Delta) -> bytes:
    return msgspec.json.encode(delta)


def decode_delta(message: bytes) -> Delta:
    """Raises msgspec.DecodeError."""
    return _decoder.decode(message)
