"""Who is signed in: the session cookie carries what `accounts.new_session` gave and nothing else."""

from __future__ import annotations

from flask_login import UserMixin

from verkstad.extensions import db
from verkstad.services.accounts import account_of_session, new_session
from verkstad.storage import Account


class SignedIn(UserMixin):
    """An account as Flask-Login sees it; without an id it is signing in just now."""

    def __init__(self, account: Account, session_id: str | None = None) -> None:
        self.account = account
        self._session_id = session_id or new_session(account)

    def get_id(self) -> str:
        return self._session_id


def load(session_id: str) -> SignedIn | None:
    """The account behind a cookie, if it still opens."""
    account = account_of_session(db.session(), session_id)
    return SignedIn(account, session_id) if account else None
