"""Themes: what the notes are sorted into."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.storage.base import Base, UtcDateTime, now


class Theme(Base):
    """A theme belongs to the workshop; its question, when it has one, is only where it was found.

    One that is removed stays as a row without notes, so that it can be brought back.
    """

    __tablename__ = "themes"
    __table_args__ = (ForeignKeyConstraint(["workshop_id", "question_id"], ["questions.workshop_id", "questions.id"]),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    named: Mapped[bool] = mapped_column(server_default=false())  # by a person; else the label is a suggestion
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    quotation_id: Mapped[str | None] = mapped_column(String(64))  # the note that speaks for it
    question_id: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int]
    revision: Mapped[int]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def removed(self) -> bool:
        return self.removed_at is not None

    @removed.setter
    def removed(self, removed: bool) -> None:
        self.removed_at = (self.removed_at or now()) if removed else None


def themes_of(session: Session, workshop_id: int, *, removed: bool = False) -> list[Theme]:
    """The themes by position; with ``removed`` also those that were."""
    query = select(Theme).where(Theme.workshop_id == workshop_id).order_by(Theme.position, Theme.id)
    return list(session.scalars(query if removed else query.where(Theme.removed_at.is_(None))))
