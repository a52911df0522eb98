"""What a note that comes in must know of its workshop, kept between transactions while nothing else has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from verkstad.domain.workshop import State
from verkstad.services.changes import counted_groups
from verkstad.storage.workshop import groups_of, questions_of, rounds_of

Json = dict[str, Any]


@dataclass(frozen=True)
class RoundView:
    """A question's round as a note meets it."""

    opened: bool = False
    closed: bool = False
    shared: bool = False


_WAITING = RoundView()


@dataclass(frozen=True)
class WorkshopView:
    """The workshop at ``revision``. Every change of anything in it bumps that, so an equal one means: still true.

    ``groups`` holds each table by its number as the boards see it, with its counts.
    """

    revision: int
    state: State
    questions: frozenset[str]
    rounds: Mapping[str, RoundView]
    groups: Mapping[int, Json]

    def round(self, question: str) -> RoundView:
        return self.rounds.get(question, _WAITING)

    def at(self, revision: int) -> WorkshopView:
        """The same with another revision, which the caller knows to have changed nothing else."""
        return replace(self, revision=revision)

    def with_note(self, note: Json) -> WorkshopView:
        """The view after a note has come in, its table counted anew."""
        group = dict(self.groups[note["group"]])
        group["notes"] += 1
        group["late"] += note["late"]
        group["last_note_at"] = note["created_at"]
        group["revision"] = note["revision"]
        question = note["question"]
        if question is not None:
            group["by_question"] = {**group["by_question"], question: group["by_question"].get(question, 0) + 1}
        return replace(self, revision=note["revision"], groups={**self.groups, group["number"]: group})


def load_view(session: Session, workshop_id: int, revision: int, state: State) -> WorkshopView:
    """The view as the database has it in this transaction."""
    rounds = {
        question: RoundView(r.opened_at is not None, r.closed_at is not None, r.shared_at is not None)
        for question, r in rounds_of(session, workshop_id).items()
    }
    groups = counted_groups(session, workshop_id, groups_of(session, workshop_id))
    return WorkshopView(
        revision=revision,
        state=state,
        questions=frozenset(q.id for q in questions_of(session, workshop_id)),
        rounds=rounds,
        groups={group["number"]: group for group in groups},
    )
