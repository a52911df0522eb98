"""What has been answered, so that a resend gets the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, bindparam, insert, select
from sqlalchemy.engine import Connection
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a mutation, by the names of `MutationRecord`."""

    workshop_id: int
    id: str
    actor: str
    revision: int | None
    code: str | None
    received_at: datetime


def insert_answers(connection: Connection, answers: Sequence[Answer]) -> None:
    """Keep the answers to mutations that had none."""
    connection.execute(insert(MutationRecord.__table__), [asdict(answer) for answer in answers])  # type: ignore[arg-type]


_ANSWERED = select(MutationRecord).where(
    MutationRecord.workshop_id == bindparam("workshop"), MutationRecord.id.in_(bindparam("ids", expanding=True))
)


def answers_to(connection: Connection, workshop_id: int, ids: Sequence[str]) -> dict[str, Answer]:
    """The answers already given to some of these mutations."""
    found = connection.execute(_ANSWERED, {"workshop": workshop_id, "ids": ids})
    return {row.id: Answer(**row._mapping) for row in found}
