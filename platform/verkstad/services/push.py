"""`push`: every live change, from any client, in one transaction, answered one by one.

A mutation that is refused never sinks its neighbours: a handler refuses before it has changed anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, DomainError, Invalid, NotFound
from verkstad.domain.mutations import AnyMutation, Mutation
from verkstad.domain.roles import Actor
from verkstad.services.ports import Broadcaster
from verkstad.storage import MutationRecord, Workshop, begin_write
from verkstad.storage.base import now
from verkstad.storage.workshop import lock_workshop


@dataclass
class Context:
    """What a handler works with: the locked workshop, who asks, and who must be told afterwards."""

    session: Session
    workshop: Workshop
    actor: Actor
    at: datetime = field(default_factory=now)
    changed: bool = False
    tell_everyone: bool = False
    tell_groups: set[int] = field(default_factory=set)

    def bump(self, *, group: int | None = None) -> int:
        """The next revision, seen by the boards and by one group, or by everyone."""
        self.changed = True
        if group is None:
            self.tell_everyone = True
        else:
            self.tell_groups.add(group)
        self.workshop.revision += 1
        return self.workshop.revision

    def bump_meta(self) -> None:
        """A new revision of the workshop's own row."""
        self.workshop.meta_revision = self.bump()


M = TypeVar("M", bound=Mutation)
Handler = Callable[[Context, Any], None]
HANDLERS: dict[type[Mutation], Handler] = {}


def handles(kind: type[M]) -> Callable[[Callable[[Context, M], None]], Callable[[Context, M], None]]:
    """Register the handler of one kind of mutation. It either raises a DomainError or bumps the revision."""

    def register(handler: Callable[[Context, M], None]) -> Callable[[Context, M], None]:
        HANDLERS[kind] = handler
        return handler

    return register


@dataclass(frozen=True)
class Result:
    """The answer to one mutation; ``error`` says why for ``rejected``."""

    id: str
    status: Literal["ok", "duplicate", "rejected"]
    revision: int | None = None
    error: DomainError | None = None

    def as_json(self, say: Callable[[DomainError], str]) -> dict[str, Any]:
        answer: dict[str, Any] = {"id": self.id, "status": self.status}
        if self.error is not None:
            return answer | {"code": self.error.code, "message": say(self.error)}
        return answer | {"revision": self.revision}


@dataclass(frozen=True)
class PushResult:
    """The workshop's revision after the push, and one result a mutation, in order."""

    revision: int
    results: list[Result]

    def as_json(self, say: Callable[[DomainError], str]) -> dict[str, Any]:
        """The answer of the wire; ``say`` puts a refusal in the caller's language."""
        return {"revision": self.revision, "results": [r.as_json(say) for r in self.results]}


def push(
    session: Session, actor: Actor, batch: Sequence[tuple[str, AnyMutation | Invalid]], broadcaster: Broadcaster
) -> PushResult:
    """Apply a parsed batch; what is answered ``ok`` is committed when this returns.

    Raises:
        NotFound: the workshop is gone.
    """
    assert actor.workshop is not None
    begin_write(session)
    workshop = lock_workshop(session, actor.workshop)
    if workshop is None:
        raise NotFound("unknown_workshop", N_("There is no such workshop."))
    context = Context(session, workshop, actor)
    known = _answered(session, workshop.id, [mutation_id for mutation_id, _ in batch])
    results = [_answer(context, mutation_id, mutation, known) for mutation_id, mutation in batch]
    session.commit()
    if context.changed:
        broadcaster.publish(workshop.id, None if context.tell_everyone else frozenset(context.tell_groups))
    return PushResult(workshop.revision, results)


def _answered(session: Session, workshop_id: int, ids: list[str]) -> dict[str, MutationRecord]:
    query = select(MutationRecord).where(MutationRecord.workshop_id == workshop_id, MutationRecord.id.in_(ids))
    return {record.id: record for record in session.scalars(query)}


def _answer(
    context: Context, mutation_id: str, mutation: AnyMutation | Invalid, known: dict[str, MutationRecord]
) -> Result:
    record = known.get(mutation_id)
    if record is not None:
        return _same_answer(context.actor, record)
    result = _apply(context, mutation_id, mutation)
    known[mutation_id] = record = MutationRecord(
        workshop_id=context.workshop.id,
        id=mutation_id,
        actor=_name(context.actor),
        revision=result.revision,
        code=result.error.code if result.error else None,
    )
    context.session.add(record)
    return result


def _same_answer(actor: Actor, record: MutationRecord) -> Result:
    """A resend gets the answer of the first time; someone else's id is simply taken."""
    if record.actor != _name(actor):
        return Result(record.id, "rejected", error=Invalid("id_taken", N_("That id is already in use.")))
    if record.code is None:
        return Result(record.id, "duplicate", record.revision)
    return Result(record.id, "rejected", error=Invalid(record.code, N_("This was refused when it was first sent.")))


def _apply(context: Context, mutation_id: str, mutation: AnyMutation | Invalid) -> Result:
    try:
        if isinstance(mutation, Invalid):
            raise mutation
        context.actor.check(mutation.right)
        HANDLERS[type(mutation)](context, mutation)
    except DomainError as error:
        return Result(mutation_id, "rejected", error=error)
    context.session.flush()
    return Result(mutation_id, "ok", context.workshop.revision)


def _name(actor: Actor) -> str:
    """Who sent it, as kept with the answer: a participant, an account, or a kind of token."""
    if actor.participant:
        return actor.participant
    return f"account:{actor.account}" if actor.account else f"token:{actor.role}"
