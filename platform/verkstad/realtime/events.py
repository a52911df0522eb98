"""The events of the wire. Each names its right in the registry; one without is never heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, Invalid
from verkstad.domain.mutations import parse_batch
from verkstad.domain.roles import Actor, Right
from verkstad.services.budgets import Pace
from verkstad.services.changes import changes, you
from verkstad.services.state_check import state_of
from verkstad.services.words import sentence
from verkstad.services.writer import Writer

Json = dict[str, Any]


@dataclass(frozen=True)
class Tools:
    """What the events work with."""

    engine: Engine
    writer: Writer
    pace: Pace


@dataclass(frozen=True, slots=True)
class Call:
    """One event as it came in, from a caller who has the right to it."""

    tools: Tools
    actor: Actor
    language: str
    payload: Any


EventHandler = Callable[[Call], Json]
EVENTS: dict[str, tuple[Right, EventHandler]] = {}


def event(name: str, right: Right) -> Callable[[EventHandler], EventHandler]:
    """Register a live event and the right it asks for."""

    def register(handler: EventHandler) -> EventHandler:
        EVENTS[name] = (right, handler)
        return handler

    return register


@event("push", Right.FOLLOW)
def on_push(call: Call) -> Json:
    """Changes, each with a right of its own."""
    batch = parse_batch(call.payload)
    call.tools.pace.take(call.actor.caller, len(batch))
    return call.tools.writer.push(call.actor, batch).as_json(lambda error: sentence(error, call.language))


@event("sync", Right.FOLLOW)
def on_sync(call: Call) -> Json:
    """What the caller may see since a revision; with ``check``, also what all of it comes to."""
    payload = call.payload if isinstance(call.payload, dict) else {"since": None}
    since = payload.get("since", 0)
    if not isinstance(since, int) or isinstance(since, bool) or not 0 <= since < 10**15:
        raise Invalid("bad_since", N_("The revision must be a whole number."))
    room = call.actor.room
    with Session(call.tools.engine, expire_on_commit=False) as session:
        told = changes(session, room, since) | you(session, call.actor)
        return told | {"state": state_of(session, room)} if payload.get("check") is True else told
