"""The library: question sets that ship with the product, and those that an account has made.

A workshop copies its questions from a set, so nothing done here reaches an evening.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import resources

import msgspec
from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, Forbidden, NotFound
from verkstad.domain.question_set import QuestionSet, SetQuestion, read_question_set, write_question_set
from verkstad.storage import Account, QuestionSetRow, begin_write


@dataclass(frozen=True, slots=True)
class LibrarySet:
    """A set as one account sees it; a shipped one can be used and copied, never changed."""

    content: QuestionSet
    shipped: bool
    updated_at: datetime

    @property
    def id(self) -> str:
        return self.content.id


def seed_shipped(session: Session) -> None:
    """Bring the shipped sets in the database in line with the files of this version."""
    sets = {s.id: s for s in shipped_files()}
    begin_write(session)
    rows = {row.id: row for row in session.scalars(select(QuestionSetRow).where(QuestionSetRow.owner_id.is_(None)))}
    for set_id, content in sets.items():
        if set_id not in rows:
            session.add(_row(content, owner=None))
        elif _parse(rows[set_id]) != content:
            rows[set_id].title, rows[set_id].content = content.title, msgspec.to_builtins(content)
    session.execute(delete(QuestionSetRow).where(QuestionSetRow.id.in_(rows.keys() - sets.keys())))
    try:
        session.commit()
    except IntegrityError:
        # Another process that starts at the same moment has put the same sets in.
        session.rollback()


def library(session: Session, account: Account) -> list[LibrarySet]:
    """What the account may use: its own sets and the shipped ones, by title."""
    mine = or_(QuestionSetRow.owner_id.is_(None), QuestionSetRow.owner_id == account.id)
    return [_seen(row) for row in session.scalars(select(QuestionSetRow).where(mine).order_by(QuestionSetRow.title))]


def find(session: Session, account: Account, set_id: str) -> LibrarySet:
    """One of the sets that the account may use.

    Raises:
        NotFound: there is none such in its library.
    """
    return _seen(_visible(session, account, set_id))


def create(session: Session, account: Account, content: QuestionSet) -> QuestionSet:
    """Keep a set as the account's own, under a new id; its questions keep theirs."""
    content = msgspec.structs.replace(content, id=str(uuid.uuid4()))
    begin_write(session)
    session.add(_row(content, owner=account.id))
    session.commit()
    return content


def change(session: Session, account: Account, set_id: str, content: QuestionSet) -> QuestionSet:
    """Replace one of the account's own sets.

    Raises:
        Forbidden: ``shipped`` when the set is not its own to change.
    """
    content = msgspec.structs.replace(content, id=set_id)
    begin_write(session)
    row = _own(session, account, set_id)
    row.title, row.content = content.title, msgspec.to_builtins(content)
    session.commit()
    return content


def copy(session: Session, account: Account, set_id: str, title: str) -> QuestionSet:
    """A copy of one's own. Its questions keep their ids, so that answers can be compared over the years."""
    return create(session, account, msgspec.structs.replace(find(session, account, set_id).content, title=title))


def remove(session: Session, account: Account, set_id: str) -> None:
    """Take one of the account's own sets away; workshops made from it keep their questions."""
    begin_write(session)
    session.delete(_own(session, account, set_id))
    session.commit()


def import_set(session: Session, account: Account, data: bytes) -> QuestionSet:
    """Keep the set in a file as the account's own; an import never replaces anything.

    Raises:
        Invalid: the file is not a question set; says where and what.
    """
    return create(session, account, read_question_set(data))


def export_set(session: Session, account: Account, set_id: str) -> bytes:
    """The set as a file that people can read and ``import_set`` reads back."""
    return write_question_set(find(session, account, set_id).content)


def fresh_question_id() -> str:
    """An id for a question that has not been asked before."""
    return str(uuid.uuid4())


def questions_in(session: Session, account: Account, set_id: str | None) -> tuple[SetQuestion, ...]:
    """The questions of a set, for a workshop to copy; none when no set was chosen."""
    return find(session, account, set_id).content.questions if set_id else ()


def shipped_files() -> Iterator[QuestionSet]:
    """The sets that come with this version."""
    for file in resources.files("verkstad").joinpath("question_sets").iterdir():
        if file.name.endswith(".yaml"):
            yield read_question_set(file.read_bytes())


def _row(content: QuestionSet, *, owner: int | None) -> QuestionSetRow:
    return QuestionSetRow(id=content.id, owner_id=owner, title=content.title, content=msgspec.to_builtins(content))


def _parse(row: QuestionSetRow) -> QuestionSet:
    return msgspec.convert(row.content, type=QuestionSet)


def _seen(row: QuestionSetRow) -> LibrarySet:
    return LibrarySet(_parse(row), shipped=row.owner_id is None, updated_at=row.updated_at)


def _visible(session: Session, account: Account, set_id: str) -> QuestionSetRow:
    row = session.get(QuestionSetRow, set_id)
    if row is None or row.owner_id not in {None, account.id}:
        raise NotFound("unknown_set", N_("There is no such question set in your library."))
    return row


def _own(session: Session, account: Account, set_id: str) -> QuestionSetRow:
    row = _visible(session, account, set_id)
    if row.owner_id is None:
        raise Forbidden("shipped", N_("A set that comes with Verkstad cannot be changed. Copy it and change the copy."))
    return row
