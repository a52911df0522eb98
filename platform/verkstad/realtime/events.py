"""The events of the wire. Each names its right in the registry; one without is never heard."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import Flask

from verkstad.domain.errors import N_, DomainError, Invalid
from verkstad.domain.mutations import parse_batch
from verkstad.domain.roles import Actor, Right, Room
from verkstad.extensions import db
from verkstad.language import say
from verkstad.realtime.broadcaster import RoomBroadcaster
from verkstad.realtime.connections import Caller, admit, answer, unauthorized
from verkstad.services.changes import changes
from verkstad.services.ports import Broadcaster
from verkstad.services.push import push
from verkstad.services.words import LANGUAGES
from verkstad.storage import Workshop

log = logging.getLogger(__name__)

SWEEP = 5  # seconds between looks at who is still signed in

EventHandler = Callable[[Actor, Any, Broadcaster], dict[str, Any]]
EVENTS: dict[str, tuple[Right, EventHandler]] = {}


def event(name: str, right: Right) -> Callable[[EventHandler], EventHandler]:
    """Register a live event and the right it asks for."""

    def register(handler: EventHandler) -> EventHandler:
        EVENTS[name] = (right, handler)
        return handler

    return register


@event("push", Right.FOLLOW)
def on_push(actor: Actor, payload: Any, broadcaster: Broadcaster) -> dict[str, Any]:
    """Changes, each with a right of its own."""
    return push(db.session(), actor, parse_batch(payload), broadcaster).as_json(say)


@event("sync", Right.FOLLOW)
def on_sync(actor: Actor, payload: Any, broadcaster: Broadcaster) -> dict[str, Any]:
    """What the caller may see since a revision."""
    since = payload.get("since", 0) if isinstance(payload, dict) else None
    if not isinstance(since, int) or isinstance(since, bool) or not 0 <= since < 10**15:
        raise Invalid("bad_since", N_("The revision must be a whole number."))
    return changes(db.session(), actor.room, since) | actor.you


class LiveDoor:
    """The connections of this process, from handshake to farewell."""

    def __init__(self, app: Flask, server: Any) -> None:
        self._app = app
        self._server = server
        self._callers: dict[str, tuple[Caller, Room]] = {}
        self._members: Counter[Room] = Counter()
        self._telling = False
        self.broadcaster = RoomBroadcaster(self._read, self._emit)
        server.on("connect", self._connect)
        server.on("disconnect", self._disconnect)
        for name in EVENTS:
            server.on(name, self._listener(name))
        server.on("*", self._unknown)

    def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        caller, actor = admit(self._app, environ, auth)
        room = actor.room
        with self._app.app_context():
            workshop = db.session.get(Workshop, room.workshop)
            self.broadcaster.enter(room, workshop.revision if workshop else 0)
        self._callers[sid] = (caller, room)
        self._members[room] += 1
        self._server.enter_room(sid, str(room))
        if not self._telling:  # with the first listener, so that commands run no background task
            self._telling = True
            self._server.start_background_task(self.broadcaster.run, self._server.sleep)
            self._server.start_background_task(self._watch_sessions)

    def _watch_sessions(self) -> None:
        """End the live connections of who signed out, was shut out, chose another password, or lost the workshop."""
        while True:
            self._server.sleep(SWEEP)
            signed_in = [(sid, caller) for sid, (caller, _) in list(self._callers.items()) if caller.session_id]
            for sid, caller in signed_in:
                try:
                    with self._app.app_context():
                        caller.identify().check(Right.FOLLOW)
                except DomainError:
                    self._server.disconnect(sid)
                except Exception:
                    log.exception("could not look a session up")  # the next sweep will

    def _disconnect(self, sid: str, *reason: Any) -> None:
        _, room = self._callers.pop(sid, (None, None))
        if room is None:
            return
        self._members[room] -= 1
        if self._members[room] <= 0:
            del self._members[room]
            self.broadcaster.leave(room)

    def _listener(self, name: str) -> Callable[..., dict[str, Any]]:
        right, handler = EVENTS[name]

        def listen(sid: str, payload: Any = None, *more: Any) -> dict[str, Any]:
            def call(caller: Caller) -> dict[str, Any]:
                actor = caller.identify()
                actor.check(right)
                return handler(actor, payload, self.broadcaster)

            return self._answer(sid, call)

        return listen

    def _unknown(self, name: str, sid: str, *payload: Any) -> dict[str, Any]:
        def refuse(_caller: Caller) -> dict[str, Any]:
            raise Invalid("unknown_event", N_("This version does not know that kind of change."))

        return self._answer(sid, refuse)

    def _answer(self, sid: str, call: Callable[[Caller], dict[str, Any]]) -> dict[str, Any]:
        caller, _ = self._callers.get(sid, (None, None))

        def known() -> dict[str, Any]:
            if caller is None:
                raise unauthorized()
            return call(caller)

        with self._app.app_context():
            return answer(caller or Caller(LANGUAGES[0]), known)

    def _read(self, room: Room, since: int) -> dict[str, Any]:
        with self._app.app_context():
            return changes(db.session(), room, since)

    def _emit(self, room: Room, payload: dict[str, Any]) -> None:
        self._server.emit("changes", payload, to=str(room))
