"""`verkstad serve` that dies, or whose disk or lock fails, at the worst moment: when a change is being committed.

VERKSTAD_FAILPOINT says what and how often: ``kill:0.02`` is SIGKILL right after a commit and before any ack,
``full:0.1`` and ``locked:0.1`` make the commit fail as SQLite does. Only transactions that have written count, and with
VERKSTAD_FAILPOINT_WHILE only while that file is there.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

WORDS = {"full": "database or disk is full", "locked": "database is locked"}


def install() -> None:
    """Put the failpoint into every engine of this process."""
    from sqlalchemy.engine.default import DefaultDialect

    what, _, often = os.environ["VERKSTAD_FAILPOINT"].partition(":")
    only_while = os.environ.get("VERKSTAD_FAILPOINT_WHILE")
    commit = DefaultDialect.do_commit

    def do_commit(self: DefaultDialect, connection: Any) -> None:
        armed = only_while is None or Path(only_while).exists()
        strikes = has_written(connection.dbapi_connection) and armed and random.random() < float(often)
        if strikes and what in WORDS:
            raise sqlite3.OperationalError(WORDS[what])
        commit(self, connection)  # type: ignore[no-untyped-call]
        if strikes:
            os.kill(os.getpid(), signal.SIGKILL)

    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]


_changes: dict[int, int] = {}  # what each connection to SQLite had changed when it last committed


def has_written(connection: Any) -> bool:
    """Whether the transaction under way on a driver's connection has changed anything, as the database itself says."""
    if isinstance(connection, sqlite3.Connection):
        before, now = _changes.get(id(connection), 0), connection.total_changes
        _changes[id(connection)] = now
        return now != before
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned()")
        return cursor.fetchone()[0] is not None


if __name__ == "__main__":
    from verkstad.entry import main

    if sys.argv[1:2] == ["serve"]:
        from gevent import monkey

        monkey.patch_all()  # before SQLAlchemy, as the entry does it
    install()
    main()
