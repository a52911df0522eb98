"""Themes that people accepted or made."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.storage.base import Base


class Theme(Base):
    """A theme belongs to the workshop; its question, when it has one, is only where it was found."""

    __tablename__ = "themes"
    __table_args__ = (ForeignKeyConstraint(["workshop_id", "question_id"], ["questions.workshop_id", "questions.id"]),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    question_id: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int]
    revision: Mapped[int]


def themes_of(session: Session, workshop_id: int) -> list[Theme]:
    return list(session.scalars(select(Theme).where(Theme.workshop_id == workshop_id).order_by(Theme.position)))
