"""The workshop and what it is made of before anyone has written: questions, rounds, groups."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, bindparam, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.domain.theme import ThemeOrder
from verkstad.domain.workshop import ScreenView, State
from verkstad.storage.base import Base, UtcDateTime, now, word
from verkstad.storage.prepared import Prepared


class Workshop(Base):
    """One evening. ``revision`` counts every change; ``meta_revision`` is the last one that touched this row itself."""

    __tablename__ = "workshops"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="sv")
    preface: Mapped[str] = mapped_column(String, default="")
    state: Mapped[State] = mapped_column(word(State), default=State.DRAFT)
    revision: Mapped[int] = mapped_column(default=1)
    meta_revision: Mapped[int] = mapped_column(default=1)
    # Between these two revisions nothing but new notes came in, and how notes are sorted. Only the ways of those move
    # them, so a change that knows nothing of them ends the span by itself: `revision` is then past `plain_to`.
    plain_since: Mapped[int] = mapped_column(default=0, server_default="0")
    plain_to: Mapped[int] = mapped_column(default=0, server_default="0")
    join_secret: Mapped[str] = mapped_column(String(32))
    screen_view: Mapped[ScreenView] = mapped_column(word(ScreenView), default=ScreenView.JOIN)
    screen_theme: Mapped[str | None] = mapped_column(String(64))  # which one, when the screen shows one theme
    theme_order: Mapped[ThemeOrder] = mapped_column(
        word(ThemeOrder), default=ThemeOrder.GROUPS, server_default=ThemeOrder.GROUPS
    )
    # What the facilitator thinks that notes will be about: a line each, as in the library of concepts.
    expected_themes: Mapped[str] = mapped_column(String, default="", server_default="")
    message: Mapped[str] = mapped_column(String(500), default="")
    message_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What an imported evening says of itself; a live one counts its participants.
    participants_stated: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Question(Base):
    """A question as this workshop asks it: a copy, so that a set may change without changing an evening."""

    __tablename__ = "questions"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]
    prompt: Mapped[str] = mapped_column(String(500))
    help: Mapped[str] = mapped_column(String(1000), default="")
    easy: Mapped[str] = mapped_column(String(1000), default="")
    kind: Mapped[str] = mapped_column(String(20), default="notes")


class Round(Base):
    """When a question is open, and whether its notes are shared with the hall. No row: it has not been opened."""

    __tablename__ = "rounds"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workshop_id", "question_id"], ["questions.workshop_id", "questions.id"], ondelete="CASCADE"
        ),
    )

    workshop_id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The revision at which sharing ended; notes older than it must be taken back from those who saw them.
    unshared_revision: Mapped[int | None]
    revision: Mapped[int]

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def state(self) -> str:
        if self.opened_at is None:
            return "waiting"
        return "open" if self.closed_at is None else "closed"


class Group(Base):
    """A table. Its number never changes; every note is stamped with it."""

    __tablename__ = "groups"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(100), default="")
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    scribe_id: Mapped[str | None] = mapped_column(String(36))
    revision: Mapped[int] = mapped_column(default=1)


def lock_workshop(session: Session, workshop_id: int) -> Workshop | None:
    """The workshop's row, locked until the transaction ends, so that commit order is revision order.

    SQLite has the whole database locked by ``begin_write`` already and ignores FOR UPDATE.
    """
    query = select(Workshop).where(Workshop.id == workshop_id).with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))


_LOCK = Prepared(
    select(Workshop.revision, Workshop.state, Workshop.plain_since, Workshop.plain_to)
    .where(Workshop.id == bindparam("workshop"))
    .with_for_update()
)
_REVISE = Prepared(update(Workshop).where(Workshop.id == bindparam("workshop")).values(revision=bindparam("reached")))
_REVISE_PLAINLY = Prepared(
    update(Workshop)
    .where(Workshop.id == bindparam("workshop"))
    .values(revision=bindparam("reached"), plain_to=bindparam("reached"), plain_since=bindparam("since"))
)
_REVISE_GROUP = Prepared(
    update(Group)
    .where(Group.workshop_id == bindparam("workshop"), Group.number == bindparam("group"))
    .values(revision=bindparam("reached"))
)


class Locked(NamedTuple):
    """What a locked workshop's row says, by the names of `Workshop`."""

    revision: int
    state: State
    plain_since: int
    plain_to: int

    @property
    def only_notes_since(self) -> int:
        """The revision since which nothing but new notes has come in."""
        return self.plain_since if self.plain_to == self.revision else self.revision


def lock_revision(connection: Connection, workshop_id: int) -> Locked | None:
    """The same lock for less; None when the workshop is gone."""
    for revision, state, since, to in _LOCK.fetch(connection, {"workshop": workshop_id}):
        return Locked(revision, State(state), since, to)
    return None


def set_revision(connection: Connection, workshop_id: int, revision: int, only_notes_since: int | None = None) -> None:
    """Move the revision; ``only_notes_since`` when what was done since the lock was taking new notes in."""
    where = {"workshop": workshop_id, "reached": revision}
    if only_notes_since is None:
        _REVISE.run(connection, [where])
    else:
        _REVISE_PLAINLY.run(connection, [where | {"since": only_notes_since}])


def set_group_revisions(connection: Connection, workshop_id: int, revisions: Mapping[int, int]) -> None:
    """Stamp tables, by their numbers."""
    rows = [{"workshop": workshop_id, "group": number, "reached": revision} for number, revision in revisions.items()]
    _REVISE_GROUP.run(connection, rows)


def workshop_by_code(session: Session, code: str) -> Workshop | None:
    return session.scalar(select(Workshop).where(Workshop.code == code))


def questions_of(session: Session, workshop_id: int) -> list[Question]:
    return list(
        session.scalars(select(Question).where(Question.workshop_id == workshop_id).order_by(Question.position))
    )


def rounds_of(session: Session, workshop_id: int) -> dict[str, Round]:
    return {r.question_id: r for r in session.scalars(select(Round).where(Round.workshop_id == workshop_id))}


def groups_of(session: Session, workshop_id: int) -> list[Group]:
    return list(session.scalars(select(Group).where(Group.workshop_id == workshop_id).order_by(Group.number)))
