"""The library's question sets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from verkstad.storage.base import Base, UtcDateTime, now


class QuestionSetRow(Base):
    """A set of questions; ``content`` is a `domain.question_set.QuestionSet` as plain data.

    ``owner_id`` None means that it ships with the product and cannot be changed.
    """

    __tablename__ = "question_sets"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)
