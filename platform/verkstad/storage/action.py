"""The log of the sorting: who did what, and what it takes to undo it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, ForeignKey, Index, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.storage.base import Base, UtcDateTime, now

MACHINE = "machine"  # `Action.actor` of what nobody did
SORTED = "machine.sort"  # `Action.kind` of a whole sorting that nobody asked for
SHOWN = 100  # of the log, as the studio sees it


class Change(NamedTuple):
    """One field of one row: what it was, and what it became. A field is a word of `services.actions`."""

    table: str
    key: str
    field: str
    before: list[Any]
    after: list[Any]


class Action(Base):
    """One act, by a person or by the machine (``by`` None). ``undoes`` and ``undone_by`` are ids of other actions."""

    __tablename__ = "actions"
    __table_args__ = (Index("ix_actions_workshop_revision", "workshop_id", "revision"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_revision: Mapped[int]
    revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str | None] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(40))
    changes: Mapped[list[Any]] = mapped_column(JSON)
    undoes: Mapped[str | None] = mapped_column(String(64))
    undone_by: Mapped[str | None] = mapped_column(String(64))
    skipped: Mapped[int] = mapped_column(default=0)  # what an undo left alone, because somebody had changed it since

    def read(self) -> list[Change]:
        """Its changes, in the order they were made."""
        return [Change(*change) for change in self.changes]

    def change(self, table: str, key: str, field: str) -> Change | None:
        """What it did to one field."""
        return next((change for change in self.read() if change[:3] == (table, key, field)), None)


def latest_actions(session: Session, workshop_id: int, since: int) -> list[Action]:
    """Of the last acts, those that are new or newly undone, in the order they were done."""
    query = (
        select(Action)
        .where(Action.workshop_id == workshop_id, Action.revision > since)
        .order_by(Action.created_revision.desc())
        .limit(SHOWN)
    )
    return list(reversed(session.scalars(query).all()))


def changed_by_people(session: Session, workshop_id: int, field: str) -> set[str]:
    """The notes of which somebody has changed this, also when it was taken back, or took back what the machine did."""
    logged = session.scalars(select(Action.changes).where(Action.workshop_id == workshop_id, Action.actor != MACHINE))
    found = (Change(*change) for changes in logged for change in changes)
    return {change.key for change in found if change.table == "note" and change.field == field}


def line_acts(session: Session, workshop_id: int) -> list[Action]:
    """The acts that may have changed a line of the summary, in the order they were done."""
    theirs = or_(Action.kind.startswith("line."), Action.kind == "action.undo")
    query = select(Action).where(Action.workshop_id == workshop_id, theirs)
    return list(session.scalars(query.order_by(Action.created_revision)))


def latest_act(session: Session, workshop_id: int, actor: str) -> Action | None:
    """The last act that one person did, or that somebody did something to."""
    query = select(Action).where(Action.workshop_id == workshop_id, Action.actor == actor)
    return session.scalar(query.order_by(Action.revision.desc(), Action.created_revision.desc()).limit(1))
