"""Who is at the other end of each live connection, and what they may do with each event."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_login import current_user
from flask_wtf.csrf import validate_csrf
from socketio.exceptions import ConnectionRefusedError as Refused
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from wtforms.validators import ValidationError

from verkstad.domain.errors import N_, Busy, DomainError, Unauthorized
from verkstad.domain.join_code import parse_join_code
from verkstad.domain.roles import Actor, Right
from verkstad.extensions import db
from verkstad.services import metrics
from verkstad.services.accounts import account_of_session
from verkstad.services.joining import actor_of_hash, hash_token
from verkstad.services.memberships import actor_for
from verkstad.services.words import LANGUAGES, sentence
from verkstad.services.writer import is_outage, unavailable
from verkstad.storage.workshop import workshop_by_code

log = logging.getLogger(__name__)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """One connection: how it proved who it is, and the language it is answered in.

    An account is looked up anew at every event: signing out, being shut out or unshared takes effect at once. What a
    token opens never changes; one that is taken back is found by the door's sweep.
    """

    language: str
    token: str | None = None  # as it is kept: its hash
    holder: Actor | None = None  # of the token
    session_id: str | None = None
    workshop: int | None = None

    def identify(self, engine: Engine) -> Actor:
        """Raises Unauthorized, or NotFound when the workshop is not theirs any more."""
        if self.holder is not None:
            return self.holder
        with Session(engine) as session:
            return self._signed_in(session)

    def _signed_in(self, session: Session) -> Actor:
        account = account_of_session(session, self.session_id) if self.session_id else None
        if account is None or self.workshop is None:
            raise unauthorized()
        return actor_for(session, account, self.workshop)


def admit(app: Flask, engine: Engine, environ: dict[str, Any], auth: Any) -> tuple[Caller, Actor]:
    """Who wants to connect.

    Raises:
        socketio's ConnectionRefusedError: with the code of the refusal as its message.
    """
    auth = auth if isinstance(auth, dict) else {}
    wanted = auth.get("lang")
    language = wanted if wanted in LANGUAGES else LANGUAGES[0]
    token = auth.get("token")
    try:
        if isinstance(token, str):
            kept = hash_token(token)
            with Session(engine) as session:
                caller = Caller(language, token=kept, holder=actor_of_hash(session, kept))
        else:
            with app.request_context(environ):
                caller = _signed_in(auth, language)
        actor = caller.identify(engine)
        actor.check(Right.FOLLOW)
    except DomainError as error:
        raise Refused(error.code) from error
    except ValidationError as error:
        raise Refused("csrf") from error
    return caller, actor


def _signed_in(auth: dict[str, Any], language: str) -> Caller:
    # A cookie alone proves nothing about which page opened the socket.
    validate_csrf(auth.get("csrf") if isinstance(auth.get("csrf"), str) else None)
    if not current_user.is_authenticated:
        raise unauthorized()
    workshop = workshop_by_code(db.session(), parse_join_code(str(auth.get("workshop", ""))))
    return Caller(language, session_id=current_user.get_id(), workshop=workshop.id if workshop else -1)


def unauthorized() -> Unauthorized:
    return Unauthorized("unauthorized", N_("Sign in or join again."))


def answer(caller: Caller, call: Callable[[], Json]) -> Json:
    """The ack of an event: what ``call`` returns, or the refusal in the caller's language. Never silence."""
    try:
        return call()
    except DomainError as error:
        refusal = error
    except Exception as error:
        # An ack that never comes blocks the phone's outbox; the client keeps its text and tries again.
        refusal = _what_went_wrong(error)
    busy = isinstance(refusal, Busy)
    metrics.refused(refusal.code, "socket", busy=busy)
    ack: Json = {"error": {"code": refusal.code, "message": sentence(refusal, caller.language)}}
    return ack | ({"retry_after": refusal.retry_after} if isinstance(refusal, Busy) else {})


def _what_went_wrong(error: Exception) -> DomainError:
    if is_outage(error):
        log.warning("no database for a live event: %s", type(error).__name__)
        return unavailable()
    log.exception("a live event failed")
    message = N_("Something went wrong on our side. What you wrote is still on your device; try again.")
    return DomainError("internal", message)
