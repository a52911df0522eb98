"""Passwords: which are too easy to guess, and how they are kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from gevent import get_hub, monkey

from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Busy, Invalid

MIN_LENGTH = 12
MAX_LENGTH = 256
# Guesses, as a power of ten, that a password must withstand. At a quarter of a second each, 10¹⁰ are eighty years.
_STRENGTH = 10
# What zxcvbn reads; what comes after only makes a password better, and reading it would take longer and longer.
_READ = 72

# The estimator knows English; these are the words that Swedish passwords are made of.
_EASY = re.findall(
    r"\w+",
    """
    verkstad kommun kommunen medborgare förening samverkan dialog region örebro stockholm göteborg malmö uppsala sverige
    svenska lösenord losenord hemligt hemlig välkommen valkommen sommar sommaren vinter vintern vår våren höst hösten
    januari februari mars april maj juni juli augusti september oktober november december måndag tisdag onsdag torsdag
    fredag lördag söndag hejhej hejsan tjena älskling kärlek jagälskardig mamma pappa mormor farmor katten hunden
    fotboll hockey semester admin administratör processledare sekreterare inloggning konto
    """,
)

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
# The hash of a password that nobody has: an unknown account is answered as slowly as a known one.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=1$wfEFi3qGWn9SKuOsAQfoGw$gYVZn57KQc5OZGwxfQ2NhDy58nEQIhjDwKb89FWPUws"
# Each takes 64 MiB and a core: more at once would let anybody exhaust the machine from the sign-in page.
_AT_ONCE = BoundedSemaphore(2)
_PATIENCE = 20

T = TypeVar("T")


def check_password(password: str, *about: str) -> None:
    """Refuse a password that can be guessed; ``about`` is what others know of its owner.

    Raises:
        Invalid: ``short_password``, ``long_password`` or ``weak_password``.
    """
    password = _normal(password)
    if len(password) < MIN_LENGTH:
        raise Invalid(
            "short_password",
            N_("A password has at least %(least)s characters. Take three or four words that do not belong together."),
            least=MIN_LENGTH,
        )
    if len(password) > MAX_LENGTH:
        raise Invalid("long_password", N_("A password has at most %(most)s characters."), most=MAX_LENGTH)
    known = [word.lower() for text in about for word in (text, text.split("@")[0], *re.split(r"[\W_]+", text))]
    from zxcvbn import zxcvbn  # its lists of words are ten megabytes, and passwords are seldom chosen

    if zxcvbn(password[:_READ], user_inputs=[*filter(None, known), *_EASY])["guesses_log10"] < _STRENGTH:
        raise Invalid(
            "weak_password",
            N_("That password is easy to guess. Take three or four words that do not belong together."),
        )


def hash_password(password: str) -> str:
    """What is kept of a password: argon2id, salted."""
    return _one_of_few(lambda: _HASHER.hash(_normal(password)))


def is_password(kept: str | None, password: str) -> bool:
    """Whether it is the password whose hash was kept; takes as long when nothing was kept."""
    typed = _normal(password)
    if kept is None or len(typed) > MAX_LENGTH:
        kept, typed = _NOBODY, ""
    return _one_of_few(lambda: _matches(kept, typed))


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(kept)


def _matches(kept: str, typed: str) -> bool:
    try:
        return _HASHER.verify(kept, typed)
    except VerificationError:
        return False


def _normal(password: str) -> str:
    """One form for what different keyboards send: an ö is one character or two."""
    return nfc(password)


def _one_of_few(work: Callable[[], T]) -> T:
    """Run a slow hash, two at a time at most, without stopping anybody else's notes."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise Busy("busy", N_("Too many are signing in just now. Try again in a moment."), retry_after=_PATIENCE)
    try:
        # Under gevent everything runs on one thread, which a hash would hold for a quarter of a second.
        result: T = get_hub().threadpool.apply(work) if monkey.is_module_patched("threading") else work()
        return result
    finally:
        _AT_ONCE.release()
