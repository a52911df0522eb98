"""Who is at the other end of each live connection, and what they may do with each event."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import force_locale
from flask_login import current_user
from flask_wtf.csrf import validate_csrf
from socketio.exceptions import ConnectionRefusedError as Refused
from wtforms.validators import ValidationError

from verkstad.domain.errors import N_, Busy, DomainError, Unauthorized
from verkstad.domain.join_code import parse_join_code
from verkstad.domain.roles import Actor, Right
from verkstad.extensions import db
from verkstad.language import say
from verkstad.services.accounts import account_of_session
from verkstad.services.joining import actor_of_token
from verkstad.services.memberships import actor_for
from verkstad.services.words import LANGUAGES
from verkstad.storage.workshop import workshop_by_code

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Caller:
    """One connection: how it proved who it is, and the language it is answered in.

    The proof is looked up anew at every event: signing out, being shut out, unshared or revoked takes effect at once.
    """

    language: str
    token: str | None = None
    session_id: str | None = None
    workshop: int | None = None

    def identify(self) -> Actor:
        """Raises Unauthorized, or NotFound when the workshop is not theirs any more."""
        if self.token is not None:
            return actor_of_token(db.session(), self.token)
        account = account_of_session(db.session(), self.session_id) if self.session_id else None
        if account is None or self.workshop is None:
            raise unauthorized()
        return actor_for(db.session(), account, self.workshop)


def admit(app: Flask, environ: dict[str, Any], auth: Any) -> tuple[Caller, Actor]:
    """Who wants to connect.

    Raises:
        socketio's ConnectionRefusedError: with the code of the refusal as its message.
    """
    auth = auth if isinstance(auth, dict) else {}
    with app.request_context(environ):
        try:
            caller = _caller(auth)
            actor = caller.identify()
            actor.check(Right.FOLLOW)
        except DomainError as error:
            raise Refused(error.code) from error
        except ValidationError as error:
            raise Refused("csrf") from error
    return caller, actor


def _caller(auth: dict[str, Any]) -> Caller:
    wanted = auth.get("lang")
    language = wanted if wanted in LANGUAGES else LANGUAGES[0]
    token = auth.get("token")
    if isinstance(token, str):
        return Caller(language, token=token)
    # A cookie alone proves nothing about which page opened the socket.
    validate_csrf(auth.get("csrf") if isinstance(auth.get("csrf"), str) else None)
    if not current_user.is_authenticated:
        raise unauthorized()
    workshop = workshop_by_code(db.session(), parse_join_code(str(auth.get("workshop", ""))))
    return Caller(language, session_id=current_user.get_id(), workshop=workshop.id if workshop else -1)


def unauthorized() -> Unauthorized:
    return Unauthorized("unauthorized", N_("Sign in or join again."))


def answer(caller: Caller, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The ack of an event: what ``call`` returns, or the refusal in the caller's language. Never silence."""
    with force_locale(caller.language):
        try:
            return call()
        except DomainError as error:
            refusal = error
        except Exception:
            # An ack that never comes blocks the phone's outbox; the client keeps its text and tries again.
            log.exception("a live event failed")
            refusal = DomainError(
                "internal",
                N_("Something went wrong on our side. What you wrote is still on your device; try again."),
            )
        ack: dict[str, Any] = {"error": {"code": refusal.code, "message": say(refusal)}}
        return ack | ({"retry_after": refusal.retry_after} if isinstance(refusal, Busy) else {})
