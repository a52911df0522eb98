"""The way in: looking a code up, joining a table, and the tokens that prove who one is afterwards."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

import uuid_utils
from sqlalchemy import bindparam, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, Conflict, Invalid, NotFound, Unauthorized
from verkstad.domain.join_code import parse_join_code
from verkstad.domain.roles import Actor, Role
from verkstad.domain.workshop import check_joinable
from verkstad.services.budgets import Budget
from verkstad.services.delta import Delta
from verkstad.services.groups import check_name
from verkstad.services.ports import Broadcaster
from verkstad.storage import Group, Participant, Round, Token, Workshop, begin_write
from verkstad.storage.workshop import lock_workshop, workshop_by_code

# 256 bits as base64url, as `secrets.token_urlsafe(32)` writes them.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Joined:
    """A participant at a table, and the token that proves it."""

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


def join(
    session: Session,
    workshop: Workshop,
    group_number: int,
    name: str | None,
    broadcaster: Broadcaster,
    token: str | None = None,
) -> Joined:
    """Seat a new participant at a table.

    A phone that makes its ``token`` itself may ask again when the answer was lost: it has the seat it got the first
    time, whichever table it names and though the doors have closed.

    Raises:
        Invalid: ``malformed``, a token that is not 256 bits as base64url.
        Conflict: ``not_open`` or ``closed``; ``token_taken``, a token that is something else's.
        NotFound: ``unknown_group``.
    """
    if token is not None and not _TOKEN.fullmatch(token):
        raise Invalid("malformed", N_("The message could not be read."))
    begin_write(session)
    locked = lock_workshop(session, workshop.id)
    assert locked is not None
    if token is not None and (seated := _seated_before(session, locked, token)) is not None:
        session.commit()
        return seated
    check_joinable(locked.state)
    group = session.get(Group, (locked.id, group_number))
    if group is None:
        raise NotFound("unknown_group", N_("There is no such table. Choose one from the list."))
    locked.revision += 1
    group.revision = locked.revision
    participant = _seat(session, group, check_name(name or "") or None)
    token = token or secrets.token_urlsafe(32)
    kind = Role.PARTICIPANT
    session.add(Token(hash=hash_token(token), workshop_id=locked.id, kind=kind, participant_id=participant.id))
    _commit_seat(session)
    broadcaster.publish(
        Delta(
            workshop=locked.id,
            before=locked.revision - 1,
            revision=locked.revision,
            reread=True,
            # The table's phones as well: what they and the server hold of it must stay the same.
            tables=[group.number],
        )
    )
    return Joined(token, participant.id, group.number, locked.revision)


def _seated_before(session: Session, workshop: Workshop, token: str) -> Joined | None:
    """The seat that the token is for already."""
    held = session.get(Token, hash_token(token))
    if held is None:
        return None
    participant = session.get(Participant, held.participant_id) if held.participant_id else None
    if held.workshop_id != workshop.id or held.revoked_at is not None or participant is None:
        raise _token_taken()
    return Joined(token, participant.id, participant.group_number, workshop.revision)


def _seat(session: Session, group: Group, name: str | None) -> Participant:
    asked = exists().where(Round.workshop_id == group.workshop_id, Round.opened_at.is_not(None))
    participant = Participant(
        id=new_id(),
        workshop_id=group.workshop_id,
        group_number=group.number,
        name=name,
        late=bool(session.scalar(select(asked))),
    )
    session.add(participant)
    session.flush()
    return participant


def _commit_seat(session: Session) -> None:
    """Two workshops are not locked against each other: the same token may have got a seat at the other just now."""
    try:
        session.commit()
    except IntegrityError as error:
        session.rollback()
        raise _token_taken() from error


def _token_taken() -> Conflict:
    return Conflict("token_taken", N_("The seat could not be taken. Reload the page and try again."))


def issue_token(session: Session, workshop: Workshop, role: Role, holder: str = "") -> str:
    """A new token for a screen, a script at the studio, or somebody who sorts themes: the ``holder``."""
    begin_write(session)
    token = secrets.token_urlsafe(32)
    session.add(Token(hash=hash_token(token), workshop_id=workshop.id, kind=role, holder=holder))
    session.commit()
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
    return actor_of_hash(session, hash_token(token))


# Asked at every event of every phone: columns, not objects.
_HOLDER = (
    select(Token.kind, Token.workshop_id, Participant.id, Participant.group_number)
    .outerjoin(Participant, Token.participant_id == Participant.id)
    .where(Token.hash == bindparam("hash"), Token.revoked_at.is_(None))
)


def actor_of_hash(session: Session, token_hash: str) -> Actor:
    """The same, of a token as it is kept."""
    found = session.connection().execute(_HOLDER, {"hash": token_hash}).one_or_none()
    if found is None:
        raise Unauthorized("unauthorized", N_("Sign in or join again."))
    kind, workshop, participant, group = found
    role = Role(kind)
    # Who sorts with others has to be told from them: what is one's own is taken back, and not theirs.
    own = token_hash if role is Role.THEME_TEAM else None
    return Actor(role, workshop=workshop, participant=participant, group=group, token=own)
