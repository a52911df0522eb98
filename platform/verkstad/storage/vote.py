"""Votings with dots, and the ballots of one that is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.domain.vote import VoteEach, VoteOn
from verkstad.storage.action import Action, Change
from verkstad.storage.base import Base, UtcDateTime, word


class Voting(Base):
    """One voting. Its choices keep the words they had when it opened; a note's words stay with the note.

    ``choices`` is a list of ``[id, text]``, ``result`` one of ``[id, text, dots]``, the most dots first.
    """

    __tablename__ = "votings"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    on: Mapped[VoteOn] = mapped_column(word(VoteOn))
    each: Mapped[VoteEach] = mapped_column(word(VoteEach))
    dots: Mapped[int]
    question_id: Mapped[str | None] = mapped_column(String(64))
    choices: Mapped[list[Any]] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[list[Any]] = mapped_column(JSON, default=list)
    lost: Mapped[int] = mapped_column(default=0)  # dots on what was gone when it closed
    voters: Mapped[int] = mapped_column(default=0)
    is_open: Mapped[bool]
    revision: Mapped[int]
    cast_revision: Mapped[int]  # the last time that somebody laid a dot, which the desk alone is told of


class Ballot(Base):
    """Where one voter's dots lie, while the voting is open: then it is counted and forgotten."""

    __tablename__ = "ballots"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id", "voting_id"], ["votings.workshop_id", "votings.id"], ondelete="CASCADE"),
    )

    workshop_id: Mapped[int] = mapped_column(primary_key=True)
    voting_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    voter: Mapped[str] = mapped_column(String(60), primary_key=True)  # a participant's id, or a table's number
    people: Mapped[int]
    dots: Mapped[dict[str, int]] = mapped_column(JSON)
    laid: Mapped[int]
    revision: Mapped[int]


def votings_of(session: Session, workshop_id: int) -> list[Voting]:
    """The votings in the order they were held."""
    query = select(Voting).where(Voting.workshop_id == workshop_id).order_by(Voting.opened_at, Voting.id)
    return list(session.scalars(query))


def open_voting(session: Session, workshop_id: int) -> Voting | None:
    return session.scalar(select(Voting).where(Voting.workshop_id == workshop_id, Voting.is_open))


def ballots_of(session: Session, voting: Voting) -> list[Ballot]:
    return list(session.scalars(select(Ballot).where(*_of(voting))))


def turnout(session: Session, voting: Voting) -> int:
    """How many have laid a dot."""
    if not voting.is_open:
        return voting.voters
    return session.scalar(select(func.count()).where(*_of(voting), Ballot.laid > 0)) or 0


def forget_ballots(session: Session, voting: Voting) -> None:
    session.execute(delete(Ballot).where(*_of(voting)))


def merged_themes(session: Session, workshop_id: int) -> Mapping[str, str]:
    """Where the notes of a theme went when it was last removed; of what had none, or went nowhere, nothing is told."""
    into: dict[str, str] = {}
    query = select(Action).where(Action.workshop_id == workshop_id).order_by(Action.created_revision)
    for action in session.scalars(query):
        changes = action.read()
        for theme in (change.key for change in changes if change.field == "removed" and change.after == [True]):
            into.pop(theme, None)
            into.update((theme, change.after[0]) for change in changes if _leaves(change, theme))
    return into


def _leaves(change: Change, theme: str) -> bool:
    return change.field == "place" and change.before[0] == theme and change.after[0] is not None


def _of(voting: Voting) -> tuple[Any, ...]:
    return Ballot.workshop_id == voting.workshop_id, Ballot.voting_id == voting.id
