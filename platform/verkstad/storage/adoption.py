"""The versions of a workshop's summary that people stand for, and the files of each, byte for byte."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, LargeBinary, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.documents import Format, View
from verkstad.domain.workshop import State
from verkstad.storage.base import Base, UtcDateTime, word
from verkstad.storage.workshop import Workshop


class Failure(StrEnum):
    """Why nothing came of an adoption."""

    CHANGED = "changed"  # somebody changed the workshop while its files were made
    BROKEN = "broken"  # a file could not be made


class Adoption(Base):
    """One version. Until ``adopted_at`` its files are being made, or it came to nothing for ``failure``."""

    __tablename__ = "adoptions"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # Where anybody can check a file, which nobody guesses. None of what was adopted in another installation.
    address: Mapped[str | None] = mapped_column(String(40), unique=True)
    verify: Mapped[str] = mapped_column(String(500))  # the whole address, as the documents name it
    title: Mapped[str] = mapped_column(String(200))  # the workshop's may be another in a later version
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int]  # of the workshop, that the files tell of
    views: Mapped[list[str]] = mapped_column(JSON)
    adopted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[Failure | None] = mapped_column(word(Failure))
    reopened_by: Mapped[str | None] = mapped_column(String(200))
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_pending(self) -> bool:
        return self.adopted_at is None and self.failure is None

    @property
    def wanted(self) -> list[tuple[Format, View]]:
        """The files it is to have: every format of each view, and once those that are the same in all."""
        texts = [(fmt, View(view)) for view in self.views for fmt in Format if not fmt.is_data]
        return texts + [(fmt, View.FULL) for fmt in Format if fmt.is_data]


class AdoptedFile(Base):
    """A file of a version. What was stored is what is handed out, whatever makes files by then."""

    __tablename__ = "adopted_files"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workshop_id", "version"], ["adoptions.workshop_id", "adoptions.version"], ondelete="CASCADE"
        ),
    )

    workshop_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fmt: Mapped[Format] = mapped_column(word(Format), primary_key=True)
    view: Mapped[View] = mapped_column(word(View), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    warnings: Mapped[list[str]] = mapped_column(JSON)  # what falls short in it, in the workshop's language
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


def adoptions_of(session: Session, workshop_id: int) -> list[Adoption]:
    """The versions that have been adopted, the latest first."""
    query = select(Adoption).where(Adoption.workshop_id == workshop_id, Adoption.adopted_at.is_not(None))
    return list(session.scalars(query.order_by(Adoption.version.desc())))


def standing(session: Session, workshop: Workshop) -> Adoption | None:
    """The version that an adopted workshop stands by."""
    return next(iter(adoptions_of(session, workshop.id)), None) if workshop.state is State.ADOPTED else None


def attempt_of(session: Session, workshop_id: int) -> Adoption | None:
    """The version that is being made, or of which nothing came."""
    query = select(Adoption).where(Adoption.workshop_id == workshop_id, Adoption.adopted_at.is_(None))
    return session.scalar(query.execution_options(populate_existing=True))


def next_version(session: Session, workshop_id: int) -> int:
    query = select(func.max(Adoption.version)).where(
        Adoption.workshop_id == workshop_id, Adoption.adopted_at.is_not(None)
    )
    return 1 + (session.scalar(query) or 0)


def files_of(session: Session, adoption: Adoption) -> list[AdoptedFile]:
    """A version's files, without their content, in the order that they were wanted."""
    query = select(AdoptedFile).where(
        AdoptedFile.workshop_id == adoption.workshop_id, AdoptedFile.version == adoption.version
    )
    return sorted(session.scalars(query), key=lambda file: adoption.wanted.index((file.fmt, file.view)))


def adoption_at(session: Session, address: str) -> Adoption | None:
    """The adopted version of an address."""
    return session.scalar(select(Adoption).where(Adoption.address == address, Adoption.adopted_at.is_not(None)))


def pending(session: Session) -> list[int]:
    """The workshops that wait for their files."""
    query = select(Adoption.workshop_id).where(Adoption.adopted_at.is_(None), Adoption.failure.is_(None))
    return list(session.scalars(query.order_by(Adoption.at)))
