"""Links that work once: to set an installation up, and to choose a password. Only their hashes are kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, NotFound
from verkstad.domain.roles import Role
from verkstad.services.accounts import add_account, find_account, has_admin, new_account, renew
from verkstad.services.joining import hash_token
from verkstad.services.passwords import check_password, hash_password
from verkstad.storage import Account, OneTimeLink, begin_write
from verkstad.storage.base import now


class LinkKind(StrEnum):
    """What a link is for."""

    SETUP = "setup"
    INVITE = "invite"  # to choose a first password
    RESET = "reset"  # to choose another


LIFETIMES = {
    LinkKind.SETUP: timedelta(hours=1),
    LinkKind.INVITE: timedelta(days=7),
    LinkKind.RESET: timedelta(minutes=30),
}


def setup_link(session: Session) -> str | None:
    """The token of a new set-up link; None once there is an admin. Earlier ones stop working."""
    if has_admin(session):
        return None
    begin_write(session)
    session.execute(delete(OneTimeLink).where(OneTimeLink.kind == LinkKind.SETUP))
    token = _new_link(session, LinkKind.SETUP, None)
    session.commit()
    return token


def check_setup(session: Session, token: str) -> None:
    """Raises NotFound ``link_gone`` when the set-up link does not work, or no longer."""
    link = _find(session, token)
    if link.kind != LinkKind.SETUP or has_admin(session):
        raise _gone()


def set_up(session: Session, token: str, email: str, name: str, password: str) -> Account:
    """Make the first admin, once.

    Raises:
        NotFound: ``link_gone``.
        Invalid: as `create_account`.
    """
    check_setup(session, token)
    account = new_account(email, name, Role.ADMIN)
    check_password(password, account.email, account.name)
    account.password_hash = hash_password(password)
    begin_write(session)
    _use(session, token)
    if has_admin(session):  # the command line was quicker
        session.rollback()
        raise _gone()
    add_account(session, account)
    session.commit()
    return account


def password_link(session: Session, account_id: int) -> tuple[str, LinkKind]:
    """A new link for somebody to choose a password with, to be handed over; earlier ones stop working.

    Raises:
        NotFound: ``unknown_account``.
    """
    begin_write(session)
    account = find_account(session, account_id)
    kind = LinkKind.RESET if account.password_hash else LinkKind.INVITE
    session.execute(delete(OneTimeLink).where(OneTimeLink.account_id == account_id))
    token = _new_link(session, kind, account_id)
    session.commit()
    return token, kind


def account_of_link(session: Session, token: str) -> Account:
    """Whose password the link is for. Raises NotFound ``link_gone``."""
    link = _find(session, token)
    account = session.get(Account, link.account_id) if link.account_id is not None else None
    if account is None or account.disabled_at is not None:
        raise _gone()
    return account


def choose_password(session: Session, token: str, password: str) -> Account:
    """Set the password through a link, which is used up; every session of the account ends.

    Raises:
        NotFound: ``link_gone``.
        Invalid: the password can be guessed; the link still works.
    """
    account = account_of_link(session, token)
    check_password(password, account.email, account.name)
    kept = hash_password(password)
    begin_write(session)
    _use(session, token)
    renew(account, kept)
    session.commit()
    return account


def _new_link(session: Session, kind: LinkKind, account_id: int | None) -> str:
    token = secrets.token_urlsafe(32)
    link = OneTimeLink(
        token_hash=hash_token(token), kind=kind, account_id=account_id, expires_at=now() + LIFETIMES[kind]
    )
    session.add(link)
    return token


def _find(session: Session, token: str) -> OneTimeLink:
    link = session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == hash_token(token), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now()
        )
    )
    if link is None:
        raise _gone()
    return link


def _use(session: Session, token: str) -> None:
    """Use a link up. Of two who come at the same moment the second finds it used: the database decides."""
    used = session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.token_hash == hash_token(token), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now()
        )
        .values(used_at=now())
    )
    assert isinstance(used, CursorResult)
    if used.rowcount != 1:
        session.rollback()
        raise _gone()


def _gone() -> NotFound:
    return NotFound("link_gone", N_("This link has been used or is too old. Ask an admin for a new one."))
