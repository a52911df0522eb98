"""Accounts: making them, signing in, and shutting them.

Nothing here sends e-mail: an address is a name to sign in with.
"""

from __future__ import annotations

import hashlib
import secrets

import email_validator
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Busy, Conflict, Invalid, NotFound, Unauthorized
from verkstad.domain.note import has_unprintable
from verkstad.domain.roles import Role
from verkstad.services.budgets import Budget
from verkstad.services.passwords import check_password, hash_password, is_outdated, is_password
from verkstad.services.words import LANGUAGES
from verkstad.storage import Account, EndedSignIn, begin_write
from verkstad.storage.base import now

# Nothing is ever sent to an address, so one on the municipality's inner network is as good as any.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()

# What an account can be.
ROLES = (Role.FACILITATOR, Role.SECRETARY, Role.ADMIN)
MAX_NAME = 100
MAX_EMAIL = 254


class SignIns:
    """Failed sign-ins, counted per address typed, whether or not an account has it.

    Five in a quarter of an hour are free. After that the next try has to wait a little, and the one after it again:
    guessing becomes hopeless, yet nobody can shut a colleague out on the very evening by failing in their name.
    """

    def __init__(self, counters: FixedWindowRateLimiter | None) -> None:
        self._free = Budget("sign-ins", "5/15minutes", counters)
        self._slow = Budget("slow-sign-ins", "1/20seconds", counters)

    def check(self, key: str) -> None:
        """Raises Busy ``too_many_sign_ins`` when the next try has to wait."""
        try:
            self._free.check(key)
        except Busy:
            self._take_a_slow_one(key)

    def _take_a_slow_one(self, key: str) -> None:
        try:
            self._slow.check(key)
        except Busy as busy:
            raise Busy(
                "too_many_sign_ins",
                N_("Too many failed tries. Wait %(seconds)s seconds, or ask an admin for a link to a new password."),
                retry_after=busy.retry_after,
                seconds=busy.retry_after,
            ) from busy
        self._slow.spend(key)

    def spend(self, key: str) -> None:
        self._free.spend(key)


def create_account(session: Session, email: str, name: str, role: Role, password: str | None = None) -> Account:
    """A new account. Without a password nobody can sign in until one is chosen through a link.

    Raises:
        Invalid: ``bad_email``, ``email_taken``, ``bad_name``, ``bad_role``, or a password's own faults.
    """
    account = new_account(email, name, role)
    if password is not None:
        check_password(password, account.email, account.name)
        account.password_hash = hash_password(password)
    begin_write(session)
    add_account(session, account)
    session.commit()
    return account


def new_account(email: str, name: str, role: Role) -> Account:
    """An account that is not yet in the database. Raises as `create_account`."""
    if role not in ROLES:
        raise Invalid("bad_role", N_("An account is an admin, a facilitator or a secretary."))
    return Account(email=check_email(email), name=check_name(name), role=role, session_key=_new_key())


def add_account(session: Session, account: Account) -> None:
    """Put it in, in the transaction that is open. Raises Invalid ``email_taken``."""
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:
        session.rollback()
        raise Invalid("email_taken", N_("There is already an account with that address.")) from error


def check_email(email: str) -> str:
    """The address in lower case.

    Raises:
        Invalid: ``bad_email``.
    """
    try:
        found = email_validator.validate_email(email.strip(), check_deliverability=False, globally_deliverable=False)
    except email_validator.EmailNotValidError as error:
        raise Invalid("bad_email", N_("Write an e-mail address, such as anna.berg@example.se.")) from error
    return found.normalized.lower()


def check_name(name: str) -> str:
    """The name on one line.

    Raises:
        Invalid: ``bad_name``.
    """
    name = " ".join(nfc(name).split())
    if not 0 < len(name) <= MAX_NAME or has_unprintable(name):
        raise Invalid("bad_name", N_("Write a name of at most %(most)s characters."), most=MAX_NAME)
    return name


def sign_in(session: Session, email: str, password: str, failures: SignIns) -> Account:
    """The account that the address and the password belong to.

    An unknown address, a wrong password and a shut account get the same answer after the same time.

    Raises:
        Unauthorized: ``wrong_password``.
        Busy: ``too_many_sign_ins``.
    """
    email = email.strip().lower()
    account = session.scalar(select(Account).where(Account.email == email))
    kept = account.password_hash if account and account.disabled_at is None else None
    _verify(kept, password, email, failures)
    assert account is not None and kept is not None
    if is_outdated(kept):
        kept = hash_password(password)
        begin_write(session)
        account.password_hash = kept
        session.commit()
    return account


def new_session(account: Account) -> str:
    """What a browser is given to stay signed in with: the account's key, and one of this signing-in alone."""
    return f"{account.session_key}.{_new_key()}"


def account_of_session(session: Session, session_id: str) -> Account | None:
    """Whose it is; None once it was signed out, the key was changed or the account shut."""
    key, _, sign_in = session_id.partition(".")
    return session.scalar(
        select(Account).where(
            Account.session_key == key,
            Account.disabled_at.is_(None),
            ~exists().where(EndedSignIn.id == sign_in),
        )
    )


def sign_out(session: Session, session_id: str) -> None:
    """End this signing-in, wherever its cookie has been copied to; the account's other devices go on."""
    _, _, sign_in = session_id.partition(".")
    begin_write(session)
    session.merge(EndedSignIn(id=sign_in))
    session.commit()


def _verify(kept: str | None, password: str, email: str, failures: SignIns) -> None:
    key = hashlib.sha256(email.encode(errors="replace")).hexdigest()
    failures.check(key)
    if not is_password(kept, password):
        failures.spend(key)
        raise Unauthorized("wrong_password", N_("The address and the password do not belong together."))


def change_password(session: Session, account_id: int, current: str, new: str, failures: SignIns) -> Account:
    """Choose another password, which ends every session of the account.

    Raises:
        Unauthorized: ``wrong_password``, the current one is another.
        Invalid: the new one can be guessed.
        Busy: ``too_many_sign_ins``.
    """
    account = find_account(session, account_id)
    check_password(new, account.email, account.name)
    try:
        _verify(account.password_hash, current, account.email, failures)
    except Unauthorized as error:
        raise Unauthorized(error.code, N_("That is not the password you have now.")) from error
    kept = hash_password(new)  # before the transaction: it is slow
    begin_write(session)
    renew(account, kept)
    session.commit()
    return account


def renew(account: Account, password_hash: str) -> None:
    """Give an account another password; whoever was signed in with the old one no longer is."""
    account.password_hash = password_hash
    account.session_key = _new_key()


def change_details(session: Session, account_id: int, name: str, language: str) -> Account:
    """Raises Invalid ``bad_name`` or ``bad_language``."""
    name = check_name(name)
    if language not in LANGUAGES:
        raise Invalid("bad_language", N_("Choose one of the languages in the list."))
    begin_write(session)
    account = find_account(session, account_id)
    account.name, account.language = name, language
    session.commit()
    return account


def find_account(session: Session, account_id: int) -> Account:
    """Raises NotFound ``unknown_account``."""
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("unknown_account", N_("There is no such account."))
    return account


def all_accounts(session: Session) -> list[Account]:
    """Everybody, by name."""
    return sorted(session.scalars(select(Account)), key=lambda account: (account.name.casefold(), account.id))


def has_admin(session: Session) -> bool:
    """Whether somebody can manage accounts, so that the set-up is over."""
    return bool(session.scalar(select(exists().where(Account.role == Role.ADMIN))))


def disable(session: Session, account_id: int) -> Account:
    """Shut an account; whoever is signed in with it is signed out.

    Raises:
        NotFound: ``unknown_account``.
        Conflict: ``last_admin``, nobody would be left to manage accounts.
    """
    begin_write(session)
    account = find_account(session, account_id)
    if account.role is Role.ADMIN and account.disabled_at is None and _open_admins(session) == 1:
        session.rollback()
        raise Conflict("last_admin", N_("This is the only admin. Create another one first."))
    account.disabled_at = account.disabled_at or now()
    account.session_key = _new_key()
    session.commit()
    return account


def enable(session: Session, account_id: int) -> Account:
    """Open an account again, with the password it had. Raises NotFound ``unknown_account``."""
    begin_write(session)
    account = find_account(session, account_id)
    account.disabled_at = None
    session.commit()
    return account


def _open_admins(session: Session) -> int:
    admins = select(func.count()).where(
        Account.role == Role.ADMIN, Account.disabled_at.is_(None), Account.password_hash.is_not(None)
    )
    return session.scalar(admins) or 0


def _new_key() -> str:
    return secrets.token_urlsafe(32)
