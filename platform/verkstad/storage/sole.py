"""Who serves a database: never two processes that cannot hear each other.

The locks live as long as the process that holds them, however it ends. Commands take none and run beside a server.
"""

from __future__ import annotations

import fcntl
import os
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from verkstad.logs import Trouble

_LOCKS = 0x5645524B  # our advisory locks in PostgreSQL; 0 among them says whether we are alone, the others who we are
_ALONE = 0


class Taken(Exception):
    """Another process serves the database and the two would not hear each other; the message says what to do."""


class Place(Protocol):
    """The right to serve a database."""

    def keep(self) -> None:
        """Make sure that we still have it; for every few seconds. Never raises."""


def take_place(engine: Engine, *, with_others: bool, installation: str) -> Place:
    """Take the right to serve, for as long as the process lives.

    ``with_others``: we have a way to tell other processes what we take in. ``installation`` is what we and they have
    in common.

    Raises:
        Taken: somebody else has it.
        OSError: the file that stands for it cannot be written.
    """
    if engine.dialect.name == "sqlite":
        return FilePlace(engine)
    return DatabasePlace(engine, with_others=with_others, installation=installation)


class FilePlace:
    """The right to serve an SQLite file, which one process alone can have: a lock beside it."""

    def __init__(self, engine: Engine) -> None:
        with engine.connect() as connection:
            path = connection.exec_driver_sql("PRAGMA database_list").one()[2]
        self._lock = os.open(f"{path}-serving", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._lock)
            raise Taken(
                f"Another server already serves {path}. Stop that one first;"
                " for several servers at once, see docs/operations.md."
            ) from error

    def keep(self) -> None:
        """A lock on an open file stays."""


class DatabasePlace:
    """The right to serve a PostgreSQL database: with others who have Redis too and the same secret key, else alone."""

    def __init__(self, engine: Engine, *, with_others: bool, installation: str) -> None:
        # A connection of its own, for the locks live and die with it.
        self._engine = create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._with_others = with_others
        self._me = int(installation[:7], 16) + 1
        self._trouble = Trouble(__name__, "we do not hold the right to serve the database, and serve on")
        self._connection = self._take()

    def keep(self) -> None:
        """Ask for it anew when the database was restarted. An evening under way is not ended for want of it."""
        try:
            self._connection.exec_driver_sql("SELECT 1")
        except SQLAlchemyError:
            try:
                if not self._connection.closed:  # as it is when the last attempt failed
                    self._connection.invalidate()
                    self._connection.close()
                self._connection = self._take()
            except (SQLAlchemyError, Taken) as error:
                self._trouble.begins(error)
                return
        self._trouble.ends()

    def _take(self) -> Connection:
        connection = self._engine.connect()
        try:
            # A server that lost its power must not be shut out by its own ghost for the two hours that are usual.
            for name, value in (("idle", 10), ("interval", 5), ("count", 3)):
                connection.exec_driver_sql(f"SET tcp_keepalives_{name} = {value}")
            self._lock(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _lock(self, connection: Connection) -> None:
        lock = "pg_try_advisory_lock_shared" if self._with_others else "pg_try_advisory_lock"
        if not connection.scalar(text(f"SELECT {lock}(:ours, :alone)"), {"ours": _LOCKS, "alone": _ALONE}):
            raise Taken(
                "Another server already serves this database, and they need Redis between them:"
                " set VERKSTAD_REDIS_URL for each, or stop the other one."
            )
        connection.execute(text("SELECT pg_advisory_lock_shared(:ours, :me)"), {"ours": _LOCKS, "me": self._me})
        strangers = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = :ours"
            " AND objid NOT IN (:alone, :me)"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        if connection.scalar(strangers, {"ours": _LOCKS, "alone": _ALONE, "me": self._me}):
            raise Taken(
                "Another server serves this database with another secret key, so that who signs in at one is unknown"
                " at the other: set the same VERKSTAD_SECRET_KEY for each."
            )
