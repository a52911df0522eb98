"""What can go wrong in the domain, as a code for machines and a sentence for people.

The sentence is an English msgid; the door that answers translates it (``N_`` only marks it for the catalogue).
"""

from __future__ import annotations

from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for a marked, not yet translated, text)
    return message


class DomainError(Exception):
    """Base of every refusal. ``params`` fill the named places of ``message``."""

    status: ClassVar[int] = 400

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.params = params


class Invalid(DomainError):
    """The input breaks a rule; the same input will never be accepted."""


class Unauthorized(DomainError):
    """The caller has not shown who it is."""

    status = 401


class Forbidden(DomainError):
    """The caller is known and may not do this."""

    status = 403


class NotFound(DomainError):
    """There is no such thing, or none the caller may know of."""

    status = 404


class Conflict(DomainError):
    """The thing is in a state where this cannot be done."""

    status = 409


class Busy(DomainError):
    """Too much at once; the same input may be accepted after ``retry_after`` seconds."""

    status = 429

    def __init__(self, code: str, message: str, *, retry_after: int, **params: object) -> None:
        super().__init__(code, message, **params)
        self.retry_after = retry_after


class Unavailable(Busy):
    """Nothing can be stored for now, whoever asks; the same input may be accepted after ``retry_after`` seconds."""

    status = 503
