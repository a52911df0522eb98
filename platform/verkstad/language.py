"""The language of an answer: what the person chose, else what the browser asks for, else Swedish."""

from __future__ import annotations

from flask import has_request_context, request
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from verkstad.domain.errors import DomainError
from verkstad.services.words import LANGUAGES

COOKIE = "language"


def choose_language() -> str:
    """Flask-Babel's locale selector."""
    if not has_request_context():
        return LANGUAGES[0]
    # A link may say the language of its page: a projector speaks the workshop's, whoever owns the laptop.
    chosen = request.args.get(COOKIE) or request.cookies.get(COOKIE)
    if chosen not in LANGUAGES:
        chosen = _language_of_account()
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])


def _language_of_account() -> str | None:
    try:
        return str(current_user.account.language) if current_user and current_user.is_authenticated else None
    except SQLAlchemyError:
        return None  # the page that says that the database is away must be shown in some language


def say(error: DomainError) -> str:
    """A refusal as a sentence in the language now in force."""
    # Without named places gettext must not look for any: a % would be read as one.
    return str(gettext(error.message, **error.params) if error.params else gettext(error.message))
