"""What has been answered, so that a resend gets the same answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from verkstad.storage.base import Base, UtcDateTime, now


class MutationRecord(Base):
    """A mutation accepted at ``revision``, or refused with ``code`` (then ``revision`` is None). Holds no text."""

    __tablename__ = "mutations"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor: Mapped[str] = mapped_column(String(60))
    revision: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
