"""Plain functions that make what a test needs."""

from __future__ import annotations

from typing import Any

import uuid_utils
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from verkstad.domain.mutations import parse_batch
from verkstad.domain.roles import Actor, Role
from verkstad.domain.workshop_file import FORMAT, FileGroup, FileQuestion, WorkshopFile
from verkstad.services import handlers  # noqa: F401  (what is pushed finds its handler)
from verkstad.services.joining import join
from verkstad.services.ports import NullBroadcaster
from verkstad.services.push import PushResult
from verkstad.services.workshop_import import create_from_file
from verkstad.services.writer import Writer
from verkstad.storage import Base, Workshop
from verkstad.storage.base import prepare_engine


def empty_database() -> Engine:
    """SQLite in memory, set up as ours are: for a property that begins anew a thousand times."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    prepare_engine(engine)
    Base.metadata.create_all(engine)
    return engine


def make_evening(**changes: Any) -> WorkshopFile:
    """An evening with two questions and three tables, before anyone has written."""
    given: dict[str, Any] = {
        "format": FORMAT,
        "title": "Dialogkväll",
        "questions": (FileQuestion(id="q1", prompt="Vad fungerar?"), FileQuestion(id="q2", prompt="Vad saknas?")),
        "groups": tuple(FileGroup(number=n, name=f"Bord {n}") for n in (1, 2, 3)),
    }
    return WorkshopFile(**(given | changes))


def make_hall(tables: int) -> WorkshopFile:
    """The same with so many tables."""
    return make_evening(groups=tuple(FileGroup(number=n, name=f"Bord {n}") for n in range(1, tables + 1)))


def make_workshop(session: Session, *, opened: bool = True, **changes: Any) -> Workshop:
    """A workshop of `make_evening`, with its first question open unless told otherwise."""
    return create_from_file(session, make_evening(**changes), open=opened)


def sit_down(session: Session, workshop: Workshop, group: int = 1) -> Actor:
    """A new phone at a table."""
    joined = join(session, workshop, group, None, NullBroadcaster())
    return Actor(Role.PARTICIPANT, workshop=workshop.id, participant=joined.participant, group=group)


def desk(workshop: Workshop) -> Actor:
    """A script at the studio, with every right of the desk."""
    return Actor(Role.STUDIO, workshop=workshop.id)


def new_id() -> str:
    return str(uuid_utils.uuid7())


def mutation(kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": new_id(), "kind": kind, **fields}


def send(session: Session, actor: Actor, *mutations: dict[str, Any], broadcaster: Any = None) -> PushResult:
    """Push as a client would."""
    session.commit()  # what it has read must not hold up or hide what is written beside it
    result = Writer(session.get_bind().engine, broadcaster or NullBroadcaster()).push(
        actor, parse_batch({"mutations": list(mutations)})
    )
    session.expire_all()
    return result


def outcomes(result: PushResult) -> list[str]:
    """``ok``, ``duplicate`` or the code of the refusal, one a mutation."""
    return [r.error.code if r.error else r.status for r in result.results]
