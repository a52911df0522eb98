"""Telling rooms what changed: one message a room a tick, made when the room is quiet again.

A message says ``from`` which revision it tells; a client that has missed something asks. So a message that never
arrives costs time and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Lock
from typing import Any

from verkstad.domain.roles import Room, RoomKind

log = logging.getLogger(__name__)

# A room is told at once when it was quiet, and at most this often (seconds) when it is busy.
TICK = 0.025

ReadChanges = Callable[[Room, int], dict[str, Any]]


class RoomBroadcaster:
    """The `Broadcaster` port over Socket.IO.

    ``read`` gives what a room may see since a revision; ``emit`` sends one payload to a room's members.
    """

    def __init__(self, read: ReadChanges, emit: Callable[[Room, dict[str, Any]], None]) -> None:
        self._read = read
        self._emit = emit
        self._lock = Lock()
        self._told: dict[Room, int] = {}  # the revision each room of this process was last told
        self._waiting: dict[Room, None] = {}  # rooms with something to be told, in order
        self._wake = Event()

    def enter(self, room: Room, revision: int) -> None:
        """A member has come that knows everything up to ``revision``; the room is followed from now on."""
        with self._lock:
            self._told.setdefault(room, revision)

    def leave(self, room: Room) -> None:
        """The last member of this process has gone."""
        with self._lock:
            self._told.pop(room, None)
            self._waiting.pop(room, None)

    def publish(self, workshop: int, groups: frozenset[int] | None) -> None:
        """Note which rooms have something coming; `run` tells them."""
        with self._lock:
            for room in self._told:
                if room.workshop == workshop and (
                    room.kind is not RoomKind.GROUP or groups is None or room.group in groups
                ):
                    self._waiting[room] = None
        self._wake.set()

    def run(self, sleep: Callable[[float], None]) -> None:
        """Tell waiting rooms, for ever; the one background task of the live door."""
        while True:
            self._wake.wait()
            self._wake.clear()
            self.tell_waiting()
            sleep(TICK)

    def tell_waiting(self) -> None:
        """Tell every waiting room what it has not been told."""
        with self._lock:
            waiting, self._waiting = list(self._waiting), {}
        for room in waiting:
            since = self._told.get(room)
            if since is None:
                continue
            try:
                payload = self._read(room, since)
                self._emit(room, payload)
            except Exception:
                # A lost message costs latency only: the clients ask on a timer. Losing this task would cost them all.
                log.exception("could not tell room %s", room)
                continue
            with self._lock:
                if room in self._told:
                    self._told[room] = payload["revision"]
