"""`verkstad serve` that dies, or whose disk or lock fails, at the worst moment: when a change is being committed.

VERKSTAD_FAILPOINT says what and how often: ``kill:0.02`` is SIGKILL right after a commit and before any ack,
``full:0.1`` and ``locked:0.1`` make the commit fail as SQLite does. Only transactions that write notes count. With
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
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    from sqlalchemy.engine.default import DefaultDialect

    what, _, often = os.environ["VERKSTAD_FAILPOINT"].partition(":")
    only_while = os.environ.get("VERKSTAD_FAILPOINT_WHILE")
    wrote: set[int] = set()
    commit = DefaultDialect.do_commit

    @event.listens_for(Engine, "before_cursor_execute")
    def _on_execute(connection: Any, _cursor: object, statement: str, *_: object) -> None:
        if "INSERT INTO notes" in statement:
            wrote.add(id(connection.connection.dbapi_connection))

    def do_commit(self: DefaultDialect, dbapi_connection: Any) -> None:
        armed = id(dbapi_connection) in wrote and (only_while is None or Path(only_while).exists())
        wrote.discard(id(dbapi_connection))
        strikes = armed and random.random() < float(often)
        if strikes and what in WORDS:
            raise sqlite3.OperationalError(WORDS[what])
        commit(self, dbapi_connection)  # type: ignore[no-untyped-call]
        if strikes:
            os.kill(os.getpid(), signal.SIGKILL)

    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]


if __name__ == "__main__":
    from verkstad.entry import main

    if sys.argv[1:2] == ["serve"]:
        from gevent import monkey

        monkey.patch_all()  # before SQLAlchemy, as the entry does it
    install()
    main()
