"""The minutes that go with workshops."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from verkstad.storage.base import Base, UtcDateTime


class MinutesRow(Base):
    """The minutes of one workshop; ``revision`` counts how many times they have been saved."""

    __tablename__ = "minutes"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(default=1)
    saved_by: Mapped[str] = mapped_column(String(200), default="")
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
