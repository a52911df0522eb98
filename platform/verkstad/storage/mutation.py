"""What has been answered, so that a resend gets the same answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

import msgspec
from sqlalchemy import ForeignKey, String, bindparam, insert, null, select, union_all
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from verkstad.storage.base import KEPT_BY_ID, Base, UtcDateTime, now
from verkstad.storage.note import Note
from verkstad.storage.prepared import Prepared, one_of, the_ids


class MutationRecord(Base):
    """A mutation accepted at ``revision``, or refused with ``code`` (then ``revision`` is None). Holds no text."""

    __tablename__ = "mutations"
    __table_args__ = KEPT_BY_ID

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor: Mapped[str] = mapped_column(String(60))
    revision: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Answer(msgspec.Struct, frozen=True):
    """What was answered to a mutation, by the names of `MutationRecord`."""

    workshop_id: int
    id: str
    actor: str
    revision: int | None
    code: str | None
    received_at: datetime


_INSERT = Prepared(insert(MutationRecord).values({name: bindparam(name) for name in Answer.__struct_fields__}))


def insert_answers(connection: Connection, answers: Iterable[Answer]) -> None:
    """Keep the answers to mutations that had none."""
    _INSERT.run(connection, map(msgspec.structs.asdict, answers))


class Given(msgspec.Struct, frozen=True):
    """The answer that a mutation was given: to whom, and the revision or the code of the refusal."""

    actor: str
    revision: int | None
    code: str | None


@cache
def _used(count: int) -> Prepared:
    record = MutationRecord
    answered = select(record.id, record.actor, record.revision, record.code).where(
        record.workshop_id == bindparam("workshop"), one_of(record.id, count)
    )
    notes = select(Note.id, null(), null(), null()).where(
        Note.workshop_id == bindparam("workshop"), one_of(Note.id, count)
    )
    return Prepared(union_all(answered, notes))


def used_ids(connection: Connection, workshop_id: int, ids: Sequence[str]) -> tuple[dict[str, Given], set[str]]:
    """Of these ids, the answers to those that were mutations, and those that are notes; in one question."""
    asked = the_ids(ids)
    given, notes = {}, set()
    for used, actor, *rest in _used(len(asked)).fetch(connection, asked | {"workshop": workshop_id}):
        if actor is None:
            notes.add(used)
        else:
            given[used] = Given(actor, *rest)
    return given, notes
