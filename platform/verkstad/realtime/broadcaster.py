"""Telling rooms what changed: one message a room at a time, at once when it is quiet, gathered when it is not.

A message says ``from`` which revision it tells; a client that has missed something asks. So a message that never
arrives costs time and nothing else.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any

from verkstad.domain.roles import Room, RoomKind
from verkstad.services.changes import as_a_phone_sees
from verkstad.services.delta import Delta, encode_delta, stamp
from verkstad.services.theme_changes import UNSORTED
from verkstad.storage.base import now
from verkstad.threads import Lock

if TYPE_CHECKING:
    from verkstad.realtime.feed import Feed

log = logging.getLogger(__name__)

# The longest that news are gathered before they are told (seconds).
LONGEST_TICK = 0.05
# Telling that takes no longer is followed by no pause.
BRIEF = 0.001
# How long an earlier revision, written by another process, may be on its way before we look in the database.
GAP = 0.05

Json = dict[str, Any]
ReadChanges = Callable[[Room, int], Json]


@dataclass
class _Telling:
    """What a room of this process was told, and what it is to be told next."""

    room: Room
    told: int
    reread: bool = False
    notes: list[Json] = field(default_factory=list)
    groups: dict[int, Json] = field(default_factory=dict)

    def add(self, notes: Iterable[Json], groups: Iterable[Json]) -> None:
        self.notes += [note for note in notes if note["revision"] > self.told]
        self.groups.update((group["number"], group) for group in groups if group["revision"] > self.told)

    def take(self, revision: int, at: str | None) -> Json:
        """The message up to ``revision``, told ``at`` a time, in the shape of `services.changes`."""
        # A look in the database may have told more than we have heard of; that is never untold.
        revision = max(revision, self.told)
        payload = {
            "from": self.told,
            "revision": revision,
            "now": at,
            "rounds": [],
            "groups": list(self.groups.values()),
            "notes": self.notes,
            "themes": [],
        }
        self.told, self.groups, self.notes = revision, {}, []
        return payload

    def was_told(self, revision: int) -> None:
        """The room has looked for itself; what came in meanwhile stays."""
        self.told = revision
        self.notes = [note for note in self.notes if note["revision"] > revision]
        self.groups = {number: group for number, group in self.groups.items() if group["revision"] > revision}


@dataclass
class _Followed:
    """A workshop with somebody listening in this process."""

    seen: int  # every change up to here has been handed to the rooms
    rooms: dict[Room, _Telling] = field(default_factory=dict)
    early: list[Delta] = field(default_factory=list)  # what follows on a change that we have not heard of
    gap_since: float = 0.0


class RoomBroadcaster:
    """The `Broadcaster` port over Socket.IO.

    ``read`` gives what a room may see since a revision; ``emit`` sends one payload to a room's members; ``feed``
    passes a change on to other processes, where there are any.
    """

    def __init__(
        self,
        read: ReadChanges,
        emit: Callable[[Room, Json], None],
        feed: Feed | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._emit = emit
        self._feed = feed
        self._clock = clock
        self._lock = Lock()
        self._followed: dict[int, _Followed] = {}
        self._waiting: dict[Room, None] = {}  # rooms with something to be told, in order
        self._wake = Event()

    def enter(self, room: Room, revision: int) -> None:
        """A member has come that knows everything up to ``revision``; the room is followed from now on."""
        with self._lock:
            followed = self._followed.setdefault(room.workshop, _Followed(revision))
            followed.rooms.setdefault(room, _Telling(room, revision))

    def leave(self, room: Room) -> None:
        """The last member of this process has gone."""
        with self._lock:
            followed = self._followed.get(room.workshop)
            if followed is not None:
                followed.rooms.pop(room, None)
                if not followed.rooms:
                    del self._followed[room.workshop]
            self._waiting.pop(room, None)

    def publish(self, delta: Delta) -> None:
        """Take in what this process has changed, and let the others know."""
        self.hear(delta)
        if self._feed is not None:
            self._feed.publish(encode_delta(delta))

    def hear(self, delta: Delta) -> None:
        """Take in a change; `run` tells the rooms."""
        with self._lock:
            followed = self._followed.get(delta.workshop)
            if followed is None or delta.revision <= followed.seen:
                return
            if delta.before > followed.seen:
                followed.early.append(delta)
                followed.gap_since = followed.gap_since or self._clock()
            else:
                self._hand_out(followed, delta)
        self._wake.set()

    def followed(self) -> list[int]:
        """The workshops with listeners here."""
        with self._lock:
            return list(self._followed)

    def catch_up(self, workshop: int, revision: int) -> None:
        """The database was at ``revision`` a while ago: if we have not heard of it, every room looks for itself."""
        with self._lock:
            followed = self._followed.get(workshop)
            if followed is not None and revision > followed.seen:
                self._look(followed, revision)
        self._wake.set()

    def run(self, sleep: Callable[[float], None]) -> None:
        """Tell waiting rooms, for ever; the one background task of the live door."""
        while True:
            self._wake.wait(self._patience())
            self._wake.clear()
            began = time.monotonic()
            self.tell_waiting()
            took = time.monotonic() - began
            if took > BRIEF:
                # As long again as it took: half of a busy hall's time is for others, and more is told at once.
                sleep(min(took, LONGEST_TICK))

    def tell_waiting(self) -> None:
        """Tell every waiting room what it has not been told."""
        self._mend_gaps()
        with self._lock:
            waiting, self._waiting = list(self._waiting), {}
        at = stamp(now())
        for room in waiting:
            try:
                self._tell(room, at)
            except Exception:
                # A lost message costs latency only: the clients ask on a timer. Losing this task would cost them all.
                log.exception("could not tell a room of kind %s", room.kind)

    def _tell(self, room: Room, at: str | None) -> None:
        with self._lock:
            followed = self._followed.get(room.workshop)
            telling = followed.rooms.get(room) if followed else None
            if followed is None or telling is None:
                return
            payload = None if telling.reread else telling.take(followed.seen, at)
            telling.reread = False
        self._emit(room, payload or self._looked_up(telling))

    def _looked_up(self, telling: _Telling) -> Json:
        try:
            payload = self._read(telling.room, telling.told)
        except Exception:
            telling.reread = True  # by the next change, if the room's members have not asked before
            raise
        with self._lock:
            telling.was_told(payload["revision"])
        return payload

    def _hand_out(self, followed: _Followed, delta: Delta) -> None:
        """Give the rooms what concerns them, and then what had come too early."""
        followed.seen = delta.revision
        for telling in self._concerned(followed, delta):
            self._waiting[telling.room] = None
            if delta.reread:
                telling.reread = True
            else:
                self._add(telling, delta)
        followed.early.sort(key=lambda each: each.before)
        while followed.early and followed.early[0].before <= followed.seen:
            early = followed.early.pop(0)
            if early.revision > followed.seen:
                return self._hand_out(followed, early)
        followed.gap_since = self._clock() if followed.early else 0.0
        return None

    def _concerned(self, followed: _Followed, delta: Delta) -> Iterable[_Telling]:
        """The boards, and the tables that can see something of it."""
        everyone = delta.tables is None if delta.reread else bool(delta.shared)
        if everyone:
            return list(followed.rooms.values())
        tables = delta.tables or [] if delta.reread else [group["number"] for group in delta.groups]
        rooms = [Room(delta.workshop, kind) for kind in (RoomKind.STUDIO, RoomKind.SCREEN)]
        rooms += [Room(delta.workshop, RoomKind.GROUP, number) for number in tables]
        return [followed.rooms[room] for room in rooms if room in followed.rooms]

    def _add(self, telling: _Telling, delta: Delta) -> None:
        room = telling.room
        if room.kind is RoomKind.STUDIO:
            telling.add(({**note, **UNSORTED} for note in delta.notes), delta.groups)
        elif room.kind is RoomKind.SCREEN:
            telling.add((note for note in delta.notes if note["question"] in delta.shared), delta.groups)
        else:
            seen = (note for note in delta.notes if note["group"] == room.group or note["question"] in delta.shared)
            own = (as_a_phone_sees(group) for group in delta.groups if group["number"] == room.group)
            telling.add(seen, own)

    def _look(self, followed: _Followed, revision: int) -> None:
        followed.seen, followed.early, followed.gap_since = revision, [], 0.0
        for room, telling in followed.rooms.items():
            telling.reread = True
            self._waiting[room] = None

    def _mend_gaps(self) -> None:
        """Where what should have come before does not come, look."""
        with self._lock:
            for followed in self._followed.values():
                if followed.early and self._clock() - followed.gap_since > GAP:
                    self._look(followed, max(delta.revision for delta in followed.early))

    def _patience(self) -> float | None:
        """How long to sleep when nobody wakes us: for ever, unless something is missing."""
        with self._lock:
            return GAP if any(followed.early for followed in self._followed.values()) else None
