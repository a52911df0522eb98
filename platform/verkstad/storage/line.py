"""The lines of summaries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.storage.base import Base, UtcDateTime


class SummaryLine(Base):
    """One line. One that is removed stays as a row, so that it can be brought back."""

    __tablename__ = "summary_lines"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id", "theme_id"], ["themes.workshop_id", "themes.id"]),
        Index("ix_summary_lines_workshop_revision", "workshop_id", "revision"),
    )

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    section: Mapped[str] = mapped_column(String(80))  # which may have gone since
    place: Mapped[str] = mapped_column(Text)  # a key between those of its neighbours, in ASCII order
    text: Mapped[str] = mapped_column(Text, default="")
    note_ids: Mapped[list[str]] = mapped_column(JSON, default=list)  # what it builds on, also when that has gone since
    theme_id: Mapped[str | None] = mapped_column(String(64))
    removed: Mapped[bool] = mapped_column(default=False)
    written_by: Mapped[str] = mapped_column(String(200), default="")
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_by: Mapped[str | None] = mapped_column(String(200))
    holder: Mapped[str | None] = mapped_column(String(60))  # the same as `Actor.name`
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int]
    words_revision: Mapped[int]  # when its words were last changed; of `revision`, a move and a hold count too


def lines_of(session: Session, workshop_id: int, *, since: int = 0, removed: bool = False) -> list[SummaryLine]:
    """The lines touched after a revision, section by section as they stand there; with ``removed`` also those."""
    query = select(SummaryLine).where(SummaryLine.workshop_id == workshop_id, SummaryLine.revision > since)
    found = session.scalars(query if removed else query.where(SummaryLine.removed.is_(False)))
    # Not by the database: its order of letters is the language's.
    return sorted(found, key=lambda line: (line.section, line.place, line.id))
