"""Tokens handed out to projectors, scripts and theme teams: which are out, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from verkstad.domain.roles import Role
from verkstad.storage import Token, begin_write
from verkstad.storage.base import now

_HANDED_OUT = (Role.SCREEN, Role.STUDIO, Role.THEME_TEAM)


def handed_out(session: Session, workshop_id: int) -> list[Token]:
    """The workshop's tokens that open something, the newest first; not those of phones."""
    query = (
        select(Token)
        .where(Token.workshop_id == workshop_id, Token.kind.in_(_HANDED_OUT), Token.revoked_at.is_(None))
        .order_by(Token.created_at.desc(), Token.hash)
    )
    return list(session.scalars(query))


def revoke(session: Session, workshop_id: int, hashes: Iterable[str]) -> None:
    """Take tokens of the workshop back, for good; live connections end at the next sweep. Others are left alone."""
    begin_write(session)
    session.execute(
        update(Token)
        .where(
            Token.workshop_id == workshop_id,
            Token.hash.in_(list(hashes)),
            Token.kind.in_(_HANDED_OUT),
            Token.revoked_at.is_(None),
        )
        .values(revoked_at=now())
    )
    session.commit()


def taken_back(session: Session, workshops: Iterable[int]) -> set[str]:
    """The tokens of these workshops that were revoked: few, however many are out."""
    query = select(Token.hash).where(Token.workshop_id.in_(list(workshops)), Token.revoked_at.is_not(None))
    return set(session.scalars(query))
