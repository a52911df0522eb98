"""The way in: looking a code up, joining a table, and the tokens that prove who one is afterwards."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

import uuid_utils
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, NotFound, Unauthorized
from verkstad.domain.join_code import parse_join_code
from verkstad.domain.roles import Actor, Role
from verkstad.domain.workshop import check_joinable
from verkstad.services.budgets import Budget
from verkstad.services.groups import check_name
from verkstad.services.ports import Broadcaster
from verkstad.storage import Group, Participant, Round, Token, Workshop, begin_write
from verkstad.storage.workshop import lock_workshop, workshop_by_code


@dataclass(frozen=True)
class Joined:
    """A new participant and the token that is told once."""

    token: str
    participant: str
    group: int
    revision: int


def find_workshop(session: Session, typed: str, guesses: Budget, secret: str | None = None) -> Workshop:
    """The workshop of a typed code.

    Failures are budgeted for the whole installation: a hall shares one address, and so may a botnet not. When the
    budget is spent only the QR's secret opens; a typed code, right or wrong, has to wait, or guessing would go on.

    Raises:
        Invalid: ``bad_code``, not a code at all (costs nothing: it cannot hit).
        NotFound: ``unknown_code``.
        Busy: ``too_many_guesses``.
    """
    code = parse_join_code(typed)
    workshop = workshop_by_code(session, code)
    if workshop is not None and secret and hmac.compare_digest(workshop.join_secret.encode(), secret.encode()):
        return workshop
    guesses.check()
    if workshop is None:
        guesses.spend()
        raise NotFound("unknown_code", N_("No workshop has that code. Check the sign on the table."))
    return workshop


def join(session: Session, workshop: Workshop, group_number: int, name: str | None, broadcaster: Broadcaster) -> Joined:
    """Seat a new participant at a table.

    Raises:
        Conflict: ``not_open`` or ``closed``.
        NotFound: ``unknown_group``.
    """
    begin_write(session)
    locked = lock_workshop(session, workshop.id)
    assert locked is not None
    check_joinable(locked.state)
    group = session.get(Group, (locked.id, group_number))
    if group is None:
        raise NotFound("unknown_group", N_("There is no such table. Choose one from the list."))
    participant = Participant(
        id=new_id(),
        workshop_id=locked.id,
        group_number=group.number,
        name=check_name(name or "") or None,
        late=bool(session.scalar(select(exists().where(Round.workshop_id == locked.id, Round.opened_at.is_not(None))))),
    )
    session.add(participant)
    locked.revision += 1
    group.revision = locked.revision
    session.flush()
    token = _new_token(session, locked.id, Role.PARTICIPANT, participant.id)
    session.commit()
    broadcaster.publish(locked.id, frozenset())
    return Joined(token, participant.id, group.number, locked.revision)


def issue_token(session: Session, workshop: Workshop, role: Role) -> str:
    """A new token for a screen or a script at the studio."""
    begin_write(session)
    token = _new_token(session, workshop.id, role, None)
    session.commit()
    return token


def _new_token(session: Session, workshop_id: int, role: Role, participant_id: str | None) -> str:
    token = secrets.token_urlsafe(32)
    session.add(Token(hash=hash_token(token), workshop_id=workshop_id, kind=role, participant_id=participant_id))
    return token


def new_id() -> str:
    """A fresh UUIDv7: unique, and in order of time."""
    return str(uuid_utils.uuid7())


def hash_token(token: str) -> str:
    """How a token is kept: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def actor_of_token(session: Session, token: str) -> Actor:
    """Who holds a token.

    Raises:
        Unauthorized: it is unknown or revoked.
    """
    found = session.execute(
        select(Token, Participant)
        .outerjoin(Participant, Token.participant_id == Participant.id)
        .where(Token.hash == hash_token(token), Token.revoked_at.is_(None))
    ).one_or_none()
    if found is None:
        raise Unauthorized("unauthorized", N_("Sign in or join again."))
    held, participant = found
    return Actor(
        Role(held.kind),
        workshop=held.workshop_id,
        participant=participant.id if participant else None,
        group=participant.group_number if participant else None,
    )
