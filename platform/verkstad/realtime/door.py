"""The connections of this process, from handshake to farewell."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, DomainError, Invalid
from verkstad.domain.roles import Right, Room
from verkstad.realtime.broadcaster import RoomBroadcaster
from verkstad.realtime.connections import Caller, admit, answer
from verkstad.realtime.events import EVENTS, Call, EventHandler, Tools
from verkstad.realtime.post import Post
from verkstad.services.budgets import TOO_FAST
from verkstad.services.changes import changes
from verkstad.services.delta import decode_delta
from verkstad.services.tokens import taken_back
from verkstad.services.words import LANGUAGES
from verkstad.storage import Workshop

if TYPE_CHECKING:
    from verkstad.realtime.feed import Feed

log = logging.getLogger(__name__)

Json = dict[str, Any]

SWEEP = 5  # seconds between looks at who may still be here
LOOK = 1  # seconds between looks at what other processes have written, and could not tell
PAUSE = 0.5  # seconds that somebody waits who is too fast


def read_changes(engine: Engine, room: Room, since: int) -> Json:
    """What a room may see since a revision."""
    with Session(engine, expire_on_commit=False) as session:
        return changes(session, room, since)


class LiveDoor:
    """Takes connections in and answers their events."""

    def __init__(
        self, app: Flask, server: Any, broadcaster: RoomBroadcaster, post: Post, tools: Tools, feed: Feed | None = None
    ) -> None:
        self._app = app
        self._server = server
        self._broadcaster = broadcaster
        self._post = post
        self._tools = tools
        self._feed = feed
        self._callers: dict[str, tuple[Caller, Room]] = {}  # by Socket.IO's name
        self._sids: dict[str, str] = {}  # that name by Engine.IO's
        self._looked_at: dict[int, int] = {}  # the workshops' revisions at the last look
        self._running = False
        server.on("connect", self._connect)
        server.on("disconnect", self._disconnect)
        for name in EVENTS:
            server.on(name, self._listener(name))
        server.on("*", self._unknown)

    def start(self) -> None:
        """Begin to tell and to listen, in background tasks; not before the server serves."""
        if self._running:
            return
        self._running = True
        spawn = self._server.start_background_task
        spawn(self._broadcaster.run, self._server.sleep)
        spawn(self._sweep, SWEEP, self._end_strangers)
        spawn(self._sweep, LOOK, self._look_for_changes)
        if self._feed is not None:
            self._feed.start(lambda message: self._broadcaster.hear(decode_delta(message)), spawn)

    def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        caller, actor = admit(self._app, self._tools.engine, environ, auth)
        room = actor.room
        with Session(self._tools.engine) as session:
            revision = session.scalar(select(Workshop.revision).where(Workshop.id == room.workshop))
        self._broadcaster.enter(room, revision or 0)
        self._callers[sid] = (caller, room)
        self._sids[self._post.enter(room, sid)] = sid
        self.start()  # where nobody has: a server of somebody else's

    def _disconnect(self, sid: str, *reason: Any) -> None:
        _, room = self._callers.pop(sid, (None, None))
        if room is None:
            return
        name, last = self._post.leave(room, sid)
        self._sids.pop(name, None)
        if last:
            self._broadcaster.leave(room)

    def answer(self, name: str, event: str, payload: Any) -> Json | None:
        """The ack of an event, by the client's Engine.IO name; None when we do not know either."""
        sid = self._sids.get(name)
        if sid is None or event not in EVENTS:
            return None
        return self._answer(sid, payload, *EVENTS[event])

    def _listener(self, name: str) -> Callable[..., Json]:
        right, handler = EVENTS[name]

        def listen(sid: str, payload: Any = None, *more: Any) -> Json:
            return self._answer(sid, payload, right, handler)

        return listen

    def _unknown(self, name: str, sid: str, *payload: Any) -> Json:
        def refuse(call: Call) -> Json:
            raise Invalid("unknown_event", N_("This version does not know that kind of change."))

        return self._answer(sid, None, Right.FOLLOW, refuse)

    def _answer(self, sid: str, payload: Any, right: Right, handler: EventHandler) -> Json:
        caller, _ = self._callers.get(sid, (Caller(LANGUAGES[0]), None))

        def handle() -> Json:
            actor = caller.identify(self._tools.engine)
            actor.check(right)
            self._tools.pace.take(actor.caller)
            return handler(Call(self._tools, actor, caller.language, payload))

        ack = answer(caller, handle)
        if ack.get("error", {}).get("code") == TOO_FAST:
            # Meanwhile whatever else they send fills their own connection, and nobody else's time.
            self._server.sleep(PAUSE)
        return ack

    def _sweep(self, pause: float, task: Callable[[], None]) -> None:
        while True:
            self._server.sleep(pause)
            try:
                task()
            except Exception:
                log.exception("a sweep failed")  # the next one will do it

    def _end_strangers(self) -> None:
        """End the connections of who signed out, was shut out, or lost the workshop, and of tokens taken back."""
        here = list(self._callers.items())
        with Session(self._tools.engine) as session:
            gone = taken_back(session, {room.workshop for _, (_, room) in here})
        for sid, (caller, _) in here:
            if caller.token in gone or (caller.session_id and not self._is_signed_in(caller)):
                self._server.disconnect(sid)

    def _is_signed_in(self, caller: Caller) -> bool:
        try:
            caller.identify(self._tools.engine).check(Right.FOLLOW)
        except DomainError:
            return False
        return True

    def _look_for_changes(self) -> None:
        """Find what other processes have written and could not tell: what was there at the last look already."""
        for workshop, revision in self._looked_at.items():
            self._broadcaster.catch_up(workshop, revision)
        with Session(self._tools.engine) as session:
            query = select(Workshop.id, Workshop.revision).where(Workshop.id.in_(self._broadcaster.followed()))
            self._looked_at = dict(session.execute(query).tuples().all())
