"""Who is signed in: the session cookie carries an account's session key and nothing else."""

from __future__ import annotations

from flask_login import UserMixin
from sqlalchemy import select

from verkstad.extensions import db, login
from verkstad.storage import Account


class SignedIn(UserMixin):
    """An account as Flask-Login sees it."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return self.account.session_key


@login.user_loader  # type: ignore[untyped-decorator]
def load(session_key: str) -> SignedIn | None:
    """The account of a session key; None once the key was changed or the account disabled."""
    account = db.session.scalar(
        select(Account).where(Account.session_key == session_key, Account.disabled_at.is_(None))
    )
    return SignedIn(account) if account else None
