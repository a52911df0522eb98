"""What notes are about, as the encoder put it: computed once, for as long as the note is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import JSON, ForeignKeyConstraint, LargeBinary, String, bindparam, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.domain.likeness import Like
from verkstad.storage.base import Base


class NoteVector(Base):
    """A note's text as 32-bit floats. Another encoder, or a text with another digest, needs another vector.

    ``nearest`` are the notes most like it; None until that is known, and where another note stands for the same words.
    """

    __tablename__ = "note_vectors"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id", "note_id"], ["notes.workshop_id", "notes.id"], ondelete="CASCADE"),
    )

    workshop_id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    encoder: Mapped[str] = mapped_column(String(40))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    nearest: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class Kept(msgspec.Struct, frozen=True):
    """A vector with what it was made of."""

    note_id: str
    encoder: str
    digest: bytes
    vector: bytes
    nearest: tuple[Like, ...] | None = None


def vectors_of(session: Session, workshop_id: int, encoder: str) -> dict[str, Kept]:
    """The vectors that an encoder has made of a workshop's notes, by the note."""
    kept = NoteVector
    query = select(kept.note_id, kept.encoder, kept.digest, kept.vector, kept.nearest).where(
        kept.workshop_id == workshop_id, kept.encoder == encoder
    )
    return {
        note: Kept(note, name, digest, vector, _as_likes(nearest))
        for note, name, digest, vector, nearest in session.execute(query)
    }


def keep_vectors(session: Session, workshop_id: int, vectors: Iterable[Kept]) -> None:
    """Write vectors, in place of what the notes had."""
    rows = [{"workshop_id": workshop_id, **msgspec.structs.asdict(vector)} for vector in vectors]
    forget_vectors(session, workshop_id, [row["note_id"] for row in rows])
    session.execute(insert(NoteVector), rows)


def forget_vectors(session: Session, workshop_id: int, notes: Iterable[str]) -> None:
    """Take the vectors of notes away."""
    session.execute(
        delete(NoteVector).where(NoteVector.workshop_id == workshop_id, NoteVector.note_id.in_(list(notes)))
    )


def nearest_of(session: Session, workshop_id: int, notes: Iterable[str]) -> dict[str, tuple[Like, ...]]:
    """Of these notes those that have been compared, with the notes most like each, best first."""
    query = select(NoteVector.note_id, NoteVector.nearest).where(
        NoteVector.workshop_id == workshop_id, NoteVector.note_id.in_(list(notes))
    )
    found = ((note, _as_likes(nearest)) for note, nearest in session.execute(query))
    return {note: nearest for note, nearest in found if nearest is not None}


_COMPARED = (
    update(NoteVector)
    .where(
        NoteVector.workshop_id == bindparam("workshop"),
        NoteVector.note_id == bindparam("note"),
        NoteVector.digest == bindparam("of"),
    )
    .values(nearest=bindparam("likes"))
)


def keep_nearest(session: Session, workshop_id: int, compared: Iterable[Kept]) -> None:
    """Write what notes are most like, where the vector is still of the same text."""
    rows = [
        {"workshop": workshop_id, "note": vector.note_id, "of": vector.digest, "likes": vector.nearest}
        for vector in compared
    ]
    if rows:
        session.connection().execute(_COMPARED, rows)


def _as_likes(nearest: list[Any] | None) -> tuple[Like, ...] | None:
    return None if nearest is None else tuple(Like(*like) for like in nearest)
