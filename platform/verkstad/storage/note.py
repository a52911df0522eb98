"""Notes as they came in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.domain.note import Source
from verkstad.storage.base import Base, UtcDateTime, word


class Note(Base):
    """One note. ``created_revision`` is also its place in the order of arrival."""

    __tablename__ = "notes"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id", "group_number"], ["groups.workshop_id", "groups.number"]),
        ForeignKeyConstraint(["workshop_id", "question_id"], ["questions.workshop_id", "questions.id"]),
        ForeignKeyConstraint(["workshop_id", "theme_id"], ["themes.workshop_id", "themes.id"]),
        Index("ix_notes_workshop_revision", "workshop_id", "revision"),
    )

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_revision: Mapped[int]
    revision: Mapped[int]
    group_number: Mapped[int]
    question_id: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[Source] = mapped_column(word(Source))
    late: Mapped[bool] = mapped_column(default=False)
    # Who wrote it, to let them and nobody else change it; never told to any client.
    participant_id: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hidden_by: Mapped[str | None] = mapped_column(String(200))
    hidden_reason: Mapped[str | None] = mapped_column(String(500))
    theme_id: Mapped[str | None] = mapped_column(String(64))
    theme_position: Mapped[int | None]

    @property
    def visible(self) -> bool:
        return self.withdrawn_at is None and self.hidden_at is None


def notes_since(session: Session, workshop_id: int, since: int) -> list[Note]:
    """The notes touched after a revision, in order of arrival."""
    query = select(Note).where(Note.workshop_id == workshop_id, Note.revision > since)
    return list(session.scalars(query.order_by(Note.created_revision)))
