"""Notes as they came in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    bindparam,
    false,
    insert,
    or_,
    select,
    true,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.domain.note import Source
from verkstad.domain.theme import Asks, Side
from verkstad.storage.base import KEPT_BY_ID, Base, UtcDateTime, word
from verkstad.storage.prepared import Prepared


class Note(Base):
    """One note. ``created_revision`` is also its place in the order of arrival."""

    __tablename__ = "notes"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id", "group_number"], ["groups.workshop_id", "groups.number"]),
        ForeignKeyConstraint(["workshop_id", "question_id"], ["questions.workshop_id", "questions.id"]),
        ForeignKeyConstraint(["workshop_id", "theme_id"], ["themes.workshop_id", "themes.id"]),
        ForeignKeyConstraint(
            ["workshop_id", "second_theme_id"],
            ["themes.workshop_id", "themes.id"],
            name="fk_notes_workshop_id_second_themes",
        ),
        Index("ix_notes_workshop_revision", "workshop_id", "revision"),
        KEPT_BY_ID,
    )

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_revision: Mapped[int]
    revision: Mapped[int]
    group_number: Mapped[int]
    question_id: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[Source] = mapped_column(word(Source))
    late: Mapped[bool] = mapped_column(default=False)
    # Who wrote it, to let them and nobody else change it; never told to any client.
    participant_id: Mapped[str | None] = mapped_column(String(36))
    entered_by: Mapped[str | None] = mapped_column(String(200))  # who typed it in from paper; told to the studio only
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hidden_by: Mapped[str | None] = mapped_column(String(200))
    hidden_reason: Mapped[str | None] = mapped_column(String(500))
    theme_id: Mapped[str | None] = mapped_column(String(64))
    theme_position: Mapped[int | None]
    # How it is sorted. A note that comes in says nothing of this: the database knows what it begins with.
    by_person: Mapped[bool] = mapped_column(server_default=false())  # placed by a person: the machine leaves it there
    sure: Mapped[bool] = mapped_column(server_default=true())
    second_theme_id: Mapped[str | None] = mapped_column(String(64))  # a reference; its place is in `theme_id`
    side: Mapped[Side | None] = mapped_column(word(Side))
    asks: Mapped[Asks | None] = mapped_column(word(Asks))
    # Those that say nearly the same. Of notes with the same words the first by id has it, and is named in it.
    near: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    # The revision at which any of that last changed: `revision` is what phones know of, who are told nothing of it.
    sorted_revision: Mapped[int | None]

    @property
    def visible(self) -> bool:
        return self.withdrawn_at is None and self.hidden_at is None

    @property
    def desk_revision(self) -> int:
        """The revision at which anything that the studio sees of it last changed."""
        return max(self.revision, self.sorted_revision or 0)


class Sight(NamedTuple):
    """The notes of one table, if any, and of some questions."""

    group: int | None
    questions: Sequence[str]


def notes_since(session: Session, workshop_id: int, since: int, sight: Sight | None = None) -> list[Note]:
    """The notes touched after a revision in order of arrival: those in sight, or all, and then the sorted as well."""
    query = select(Note).where(Note.workshop_id == workshop_id)
    if sight is None:
        query = query.where(or_(Note.revision > since, Note.sorted_revision > since))
    else:
        seen = or_(Note.group_number == sight.group, Note.question_id.in_(sight.questions))
        query = query.where(Note.revision > since, seen)
    return list(session.scalars(query.order_by(Note.created_revision)))


def notes_by_id(session: Session, workshop_id: int, ids: Iterable[str]) -> dict[str, Note]:
    """Of these notes those that there are, in order of arrival."""
    query = select(Note).where(Note.workshop_id == workshop_id, Note.id.in_(set(ids)))
    return {note.id: note for note in session.scalars(query.order_by(Note.created_revision))}


def notes_in(session: Session, workshop_id: int, themes: Sequence[str]) -> list[Note]:
    """The notes that are in these themes, or speak of them as their second, in order of arrival."""
    query = select(Note).where(
        Note.workshop_id == workshop_id, or_(Note.theme_id.in_(themes), Note.second_theme_id.in_(themes))
    )
    return list(session.scalars(query.order_by(Note.created_revision)))


class NewNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note on its way in, by the names of `Note`: a row written without the cost of an object that is tracked."""

    workshop_id: int
    id: str
    created_revision: int
    revision: int
    group_number: int
    question_id: str | None
    text: str
    source: Source
    late: bool
    participant_id: str | None
    created_at: datetime
    edited_at: None = None
    entered_by: str | None = None


_INSERT = Prepared(insert(Note).values({name: bindparam(name) for name in NewNote.__struct_fields__}))


def insert_notes(connection: Connection, notes: Iterable[NewNote]) -> None:
    """Write notes that nobody has written before."""
    _INSERT.run(connection, map(msgspec.structs.asdict, notes))
