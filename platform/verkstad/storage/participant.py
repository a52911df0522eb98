"""Who is connected, and with what proof."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from verkstad.domain.roles import Role
from verkstad.storage.base import Base, UtcDateTime, now, word


class Participant(Base):
    """A phone at a table. The name is optional and never asked for."""

    __tablename__ = "participants"
    __table_args__ = (Index("ix_participants_workshop", "workshop_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    group_number: Mapped[int]
    name: Mapped[str | None] = mapped_column(String(100))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    late: Mapped[bool] = mapped_column(default=False)


class Token(Base):
    """A bearer token, kept as a hash only: of a participant, a screen, a script at the studio, or a theme team."""

    __tablename__ = "tokens"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    kind: Mapped[Role] = mapped_column(word(Role))  # participant, screen, studio or theme_team
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"))
    holder: Mapped[str] = mapped_column(String(100), default="", server_default="")  # whom it was made for
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
