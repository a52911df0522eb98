"""What notes are about, as the encoder put it: computed once, for as long as the note is there."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import ForeignKeyConstraint, LargeBinary, String, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.storage.base import Base


class NoteVector(Base):
    """A note's text as 32-bit floats. Another encoder, or a text with another digest, needs another vector."""

    __tablename__ = "note_vectors"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id", "note_id"], ["notes.workshop_id", "notes.id"], ondelete="CASCADE"),
    )

    workshop_id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    encoder: Mapped[str] = mapped_column(String(40))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class Kept(msgspec.Struct, frozen=True):
    """A vector with what it was made of."""

    note_id: str
    encoder: str
    digest: bytes
    vector: bytes


def vectors_of(session: Session, workshop_id: int, encoder: str) -> dict[str, Kept]:
    """The vectors that an encoder has made of a workshop's notes, by the note."""
    kept = NoteVector
    query = select(kept.note_id, kept.encoder, kept.digest, kept.vector).where(
        kept.workshop_id == workshop_id, kept.encoder == encoder
    )
    return {note: Kept(note, name, digest, vector) for note, name, digest, vector in session.execute(query)}


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
