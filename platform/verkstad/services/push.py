"""`push`: every live change, from any client, answered one by one. `services.writer` says when, this page says what.

A mutation that is refused never sinks its neighbours: a handler refuses before it has changed anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from verkstad.domain.errors import N_, DomainError, Invalid
from verkstad.domain.mutation import Mutation
from verkstad.domain.mutations import AnyMutation
from verkstad.domain.roles import Actor
from verkstad.domain.theme import check_sortable
from verkstad.services.context import Context
from verkstad.storage.mutation import Answer, Given

M = TypeVar("M", bound=Mutation)
Handler = Callable[[Context, Any], None]
HANDLERS: dict[type[Mutation], Handler] = {}

# A push as it was parsed: each mutation's id, and the mutation or why it could not be read.
Batch = Sequence[tuple[str, AnyMutation | Invalid]]


def handles(kind: type[M]) -> Callable[[Callable[[Context, M], None]], Callable[[Context, M], None]]:
    """Register the handler of one kind of mutation. It either raises a DomainError or bumps the revision."""

    def register(handler: Callable[[Context, M], None]) -> Callable[[Context, M], None]:
        HANDLERS[kind] = handler
        return handler

    return register


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class PushResult:
    """The workshop's revision after the push, and one result a mutation, in order."""

    revision: int
    results: list[Result]

    def as_json(self, say: Callable[[DomainError], str]) -> dict[str, Any]:
        """The answer of the wire; ``say`` puts a refusal in the caller's language."""
        return {"revision": self.revision, "results": [r.as_json(say) for r in self.results]}


def answer(context: Context, actor: Actor, mutation_id: str, mutation: AnyMutation | Invalid) -> Result:
    """Apply one mutation, unless it has been answered before."""
    given = context.given.get(mutation_id)
    if given is not None:
        return _same_answer(actor, mutation_id, given)
    context.actor = actor
    try:
        if isinstance(mutation, Invalid):
            raise mutation
        actor.check(mutation.right)
        check_sortable(context.state)  # what stands is changed by no kind of change, also not by those that undo
        HANDLERS[type(mutation)](context, mutation)
    except DomainError as error:
        return refuse(context, actor, mutation_id, error)
    _keep(context, actor, mutation_id, revision=context.revision)
    return Result(mutation_id, "ok", context.revision)


def refuse(context: Context, actor: Actor, mutation_id: str, error: DomainError) -> Result:
    """Refuse a mutation for good: a resend hears the same."""
    _keep(context, actor, mutation_id, code=error.code)
    return Result(mutation_id, "rejected", error=error)


def _keep(
    context: Context, actor: Actor, mutation_id: str, revision: int | None = None, code: str | None = None
) -> None:
    context.keep_answer(Answer(context.workshop_id, mutation_id, actor.name, revision, code, context.at))


def _same_answer(actor: Actor, mutation_id: str, given: Given) -> Result:
    """A resend gets the answer of the first time; someone else's id is simply taken."""
    if given.actor != actor.name:
        return Result(mutation_id, "rejected", error=Invalid("id_taken", N_("That id is already in use.")))
    if given.code is None:
        return Result(mutation_id, "duplicate", given.revision)
    refused = Invalid(given.code, N_("This was refused when it was first sent."))
    return Result(mutation_id, "rejected", error=refused)
