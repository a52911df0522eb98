"""Whose a workshop is: the list of one's own, the role one has in each, and sharing it with colleagues."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, Conflict, Invalid, NotFound
from verkstad.domain.roles import Actor, Role
from verkstad.storage import Account, Membership, Note, Workshop, begin_write
from verkstad.storage.workshop import lock_workshop


@dataclass(frozen=True, slots=True)
class OwnWorkshop:
    """A workshop as its list shows it; ``role`` None when it is nobody's and an admin may hand it over."""

    workshop: Workshop
    role: Role | None
    notes: int


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague and what they are in one workshop."""

    account: Account
    role: Role


def _is_nobodys() -> ColumnElement[bool]:
    """Whether no facilitator who can sign in is left: imported on the command line, or they have all gone."""
    facilitators = (
        select(Membership.account_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.workshop_id == Workshop.id,
            Membership.role == Role.FACILITATOR,
            Account.disabled_at.is_(None),
        )
        # Only the workshop comes from the query around this one, which may ask for a membership of its own.
        .correlate(Workshop)
    )
    return ~facilitators.exists()


def my_workshops(session: Session, account: Account) -> list[OwnWorkshop]:
    """The account's workshops, the coming and latest ones first; for an admin also those that are nobody's."""
    notes = select(func.count()).where(Note.workshop_id == Workshop.id).correlate(Workshop).scalar_subquery()
    mine = (Membership.workshop_id == Workshop.id) & (Membership.account_id == account.id)
    visible: ColumnElement[bool] = Membership.role.is_not(None)
    if account.role == Role.ADMIN:
        visible |= _is_nobodys()
    query = (
        select(Workshop, Membership.role, notes)
        .outerjoin(Membership, mine)
        .where(visible)
        .order_by(Workshop.held_on.is_(None).desc(), Workshop.held_on.desc(), Workshop.id.desc())
    )
    return [OwnWorkshop(workshop, role, count) for workshop, role, count in session.execute(query)]


def actor_for(session: Session, account: Account, workshop_id: int) -> Actor:
    """The account as one of the workshop's people.

    Raises:
        NotFound: there is no such workshop, or none that this account may know of.
    """
    role = session.scalar(
        select(Membership.role).where(Membership.workshop_id == workshop_id, Membership.account_id == account.id)
    )
    if role is not None:
        return Actor(role, workshop=workshop_id, account=account.id)
    if account.role == Role.ADMIN and session.scalar(
        select(Workshop.id).where(Workshop.id == workshop_id, _is_nobodys())
    ):
        return Actor(Role.FACILITATOR, workshop=workshop_id, account=account.id)
    raise NotFound("unknown_workshop", N_("There is no such workshop."))


def members_of(session: Session, workshop_id: int) -> list[Member]:
    """Who the workshop is shared with, in the order they came."""
    query = (
        select(Account, Membership.role)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.workshop_id == workshop_id)
        .order_by(Membership.shared_at, Account.id)
    )
    return [Member(account, role) for account, role in session.execute(query)]


def share(session: Session, workshop_id: int, email: str, role: Role) -> Account:
    """Let the colleague with that address in, or change what they are in the workshop.

    Raises:
        Invalid: ``unknown_account`` when nobody who can sign in has the address.
        Conflict: ``no_facilitator`` when the workshop would be without one.
    """
    begin_write(session)
    lock_workshop(session, workshop_id)
    account = session.scalar(
        select(Account).where(Account.email == email.strip().lower(), Account.disabled_at.is_(None))
    )
    if account is None:
        raise Invalid(
            "unknown_account", N_("No account has that address. Check the spelling, or ask an admin to create one.")
        )
    member = session.get(Membership, (workshop_id, account.id))
    if member is None:
        session.add(Membership(workshop_id=workshop_id, account_id=account.id, role=role))
    else:
        member.role = role
    session.flush()
    _check_has_facilitator(session, workshop_id)
    session.commit()
    return account


def unshare(session: Session, workshop_id: int, account_id: int) -> None:
    """Shut somebody out again. One who is no member is out already.

    Raises:
        Conflict: ``no_facilitator`` when the workshop would be without one.
    """
    begin_write(session)
    lock_workshop(session, workshop_id)
    member = session.get(Membership, (workshop_id, account_id))
    if member is not None:
        session.delete(member)
        session.flush()
        _check_has_facilitator(session, workshop_id)
    session.commit()


def _check_has_facilitator(session: Session, workshop_id: int) -> None:
    if session.scalar(select(Workshop.id).where(Workshop.id == workshop_id, _is_nobodys())):
        raise Conflict(
            "no_facilitator",
            N_("A workshop needs at least one facilitator. Share it with another one first."),
        )
