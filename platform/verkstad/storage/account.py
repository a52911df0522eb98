"""Accounts of those who run evenings, and which evenings are theirs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from verkstad.domain.roles import Actor, Role
from verkstad.storage.base import Base, UtcDateTime, now, word
from verkstad.storage.participant import Token


class Account(Base):
    """A person who signs in. Changing ``session_key`` ends every session of the account."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[Role] = mapped_column(word(Role))  # admin, facilitator or secretary
    password_hash: Mapped[str | None] = mapped_column(String(200))
    session_key: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str | None] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EndedSignIn(Base):
    """One signing-in that was signed out: a copy of its cookie opens nothing any more, other devices go on."""

    __tablename__ = "ended_sign_ins"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class OneTimeLink(Base):
    """A link that works once: to set the installation up, or to choose a password. Kept as a hash only."""

    __tablename__ = "one_time_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # setup, invite, reset
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Membership(Base):
    """That a workshop is someone's, and as what: facilitator, secretary or theme_team."""

    __tablename__ = "memberships"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(word(Role))
    shared_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


def name_of(session: Session, actor: Actor) -> str:
    """What colleagues call the one who acts: by name where it is known, else the kind of token."""
    account = session.get(Account, actor.account) if actor.account else None
    token = session.get(Token, actor.token) if actor.token else None
    return (account.name if account else token.holder if token else "") or str(actor.role)
