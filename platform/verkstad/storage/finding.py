"""What people have said of names and numbers in the texts of an evening."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.domain.name_check import Decision, Finding, Kind
from verkstad.storage.base import Base, word


class DecidedFinding(Base):
    """A piece of one text, of a note or of a line, and what is decided of it; None when that was taken back.

    It is of the text as it was: when that is changed, nothing is decided any more.
    """

    __tablename__ = "decided_findings"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id", "note_id"], ["notes.workshop_id", "notes.id"]),
        ForeignKeyConstraint(["workshop_id", "line_id"], ["summary_lines.workshop_id", "summary_lines.id"]),
    )

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    note_id: Mapped[str | None] = mapped_column(String(64))
    line_id: Mapped[str | None] = mapped_column(String(64))
    text_hash: Mapped[str] = mapped_column(String(64))
    start: Mapped[int]
    end: Mapped[int]
    found: Mapped[Kind] = mapped_column(word(Kind))
    decision: Mapped[Decision | None] = mapped_column(word(Decision))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int]

    @property
    def finding(self) -> Finding:
        return Finding(self.start, self.end, self.found)


def decided_in(session: Session, workshop_id: int) -> list[DecidedFinding]:
    """All that is decided in a workshop, in the order that it came to be."""
    query = select(DecidedFinding).where(
        DecidedFinding.workshop_id == workshop_id, DecidedFinding.decision.is_not(None)
    )
    return list(session.scalars(query.order_by(DecidedFinding.revision, DecidedFinding.id)))


def findings_by_id(session: Session, workshop_id: int, ids: Iterable[str]) -> dict[str, DecidedFinding]:
    """Of these rows those that there are."""
    query = select(DecidedFinding).where(DecidedFinding.workshop_id == workshop_id, DecidedFinding.id.in_(set(ids)))
    return {row.id: row for row in session.scalars(query)}
