"""What the machine proposes, and how far it has come with a workshop."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.domain.theme import SORTABLE
from verkstad.domain.workshop import State
from verkstad.storage.base import Base, UtcDateTime, word
from verkstad.storage.note import Note
from verkstad.storage.workshop import Workshop


class Kind(StrEnum):
    """What a suggestion would do: take notes out into a theme of their own, join two themes, or sort all anew."""

    SPLIT = "split"
    MERGE = "merge"
    RESORT = "resort"


class Suggestion(Base):
    """One proposal, for a person to say yes or no to. ``decided_at`` also when it was out of date before that."""

    __tablename__ = "suggestions"
    __table_args__ = (Index("ix_suggestions_workshop_revision", "workshop_id", "revision"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[Kind] = mapped_column(word(Kind))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dismissed: Mapped[bool] = mapped_column(default=False)  # a person said no: the same is not proposed again


class Sorting(Base):
    """How far the machine has come with a workshop. No row: it has not looked yet."""

    __tablename__ = "sortings"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    seen: Mapped[int] = mapped_column(default=0)  # the revision of the notes it has looked at
    begun: Mapped[bool] = mapped_column(default=False)  # it has sorted, when nobody had
    asked: Mapped[bool] = mapped_column(default=False)  # somebody waits for another
    # It has looked since the evening closed. What was sorted before there was such a look has been used as it is.
    settled: Mapped[bool] = mapped_column(server_default=true())
    method: Mapped[str | None] = mapped_column(String(20))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=0)


def suggestions_of(session: Session, workshop_id: int, since: int = 0) -> list[Suggestion]:
    """Every suggestion that was made or decided after a revision, in the order of that."""
    query = select(Suggestion).where(Suggestion.workshop_id == workshop_id, Suggestion.revision > since)
    return list(session.scalars(query.order_by(Suggestion.revision, Suggestion.id)))


def sorting_of(session: Session, workshop_id: int) -> Sorting:
    """How far the machine has come with a workshop, to be changed under its lock."""
    found = session.get(Sorting, workshop_id)
    if found is None:
        found = Sorting(workshop_id=workshop_id, seen=0, begun=False, asked=False, settled=False, revision=0)
        session.add(found)
    return found


def due(session: Session, workshop_id: int | None = None) -> list[int]:
    """The workshops, or this one, with notes that the machine has not looked at, with somebody who waits for it, or
    closed since it looked."""
    fresh = exists().where(Note.workshop_id == Workshop.id, Note.revision > func.coalesce(Sorting.seen, 0))
    closed = and_(Workshop.state == State.CLOSED, Sorting.begun, not_(Sorting.settled))
    query = (
        select(Workshop.id)
        .outerjoin(Sorting, Sorting.workshop_id == Workshop.id)
        .where(Workshop.state.in_(SORTABLE), or_(Sorting.asked, fresh, closed))
        .order_by(Workshop.id.desc())
    )
    return list(session.scalars(query if workshop_id is None else query.where(Workshop.id == workshop_id)))
