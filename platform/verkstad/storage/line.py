"""The lines of summaries."""

from __future__ import annotations

from datetime import datetime

from fractional_indexing import generate_key_between
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


def place_in(session: Session, workshop_id: int, line_id: str, section: str, after: str | None) -> str:
    """The key of a line that stands after another; last when that one stands elsewhere by now, first after none.

    The places of lines that were removed are theirs still, in case they come back.
    """
    others = _others(session, workshop_id, line_id, section)
    places = sorted({line.place for line in others.values()})
    before = others[after].place if after in others else places[-1] if after is not None and places else None
    following = next((place for place in places if before is None or place > before), None)
    here = session.get(SummaryLine, (workshop_id, line_id))
    if here is not None and here.section == section and (before or "") < here.place < (following or "~"):
        return here.place
    return str(generate_key_between(before, following))


def place_back(session: Session, workshop_id: int, line_id: str, section: str, place: str) -> str:
    """The place that a line had there; the next one free when another has come to stand in it meanwhile.

    One that was removed since does not stand there: taking everything back gives the beginning again.
    """
    others = _others(session, workshop_id, line_id, section).values()
    places = sorted({line.place for line in others if not line.removed})
    if place not in places:
        return place
    return str(generate_key_between(place, next((other for other in places if other > place), None)))


def _others(session: Session, workshop_id: int, line_id: str, section: str) -> dict[str, SummaryLine]:
    """The lines of a section but for one, by id; also those that were removed."""
    lines = lines_of(session, workshop_id, removed=True)
    return {line.id: line for line in lines if line.section == section and line.id != line_id}
