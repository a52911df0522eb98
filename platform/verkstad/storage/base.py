"""The declarative base, the column types, and how a transaction begins."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Enum, MetaData, event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

# Seconds that a writer waits for its turn before it gives up: less than a phone waits for its ack, which is then told.
PATIENCE = 5.0
_MILLISECONDS = round(PATIENCE * 1000)
_BUSY_TIMEOUT = "busy_timeout"  # SQLite's own patience, in what the pool keeps of a connection
# The execution option of a connection whose transactions write.
WRITING = {"sqlite_begin": "BEGIN IMMEDIATE"}
# For tables that every note writes to: SQLite keeps a row where its primary key is, and a commit has fewer pages.
KEPT_BY_ID = {"sqlite_with_rowid": False}


class Base(DeclarativeBase):
    """Base of every table. Constraint names are fixed so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time in either database; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word(words: type[StrEnum]) -> Enum:
    """A column type that keeps one of the domain's words as its plain value."""
    return Enum(
        words, native_enum=False, create_constraint=False, length=20, values_callable=lambda e: [w.value for w in e]
    )


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def begin_write(session: Session) -> None:
    """Start the session's next transaction as a writing one.

    On SQLite a transaction that reads first and writes later fails at once when someone wrote in between, whatever
    the busy timeout says; ``BEGIN IMMEDIATE`` waits for its turn instead. A read transaction still open is ended.
    """
    session.commit()
    session.connection(execution_options=WRITING)


def begin_read(session: Session) -> None:
    """Start the session's next transaction as one that sees a single moment, however many queries it asks.

    A transaction on SQLite always does; one on PostgreSQL looks anew at each query unless it is told not to.
    """
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def prepare_engine(engine: Engine) -> None:
    """Set an engine's connections up: SQLite for durable concurrent use, PostgreSQL never less durable than that."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_sqlite_up)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _set_postgresql_up)


def _set_sqlite_up(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_MILLISECONDS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _set_postgresql_up(connection: Any, _record: object) -> None:
    """What is acknowledged must be on disk, however the server is set up; stronger settings are left alone."""
    cursor = connection.cursor()
    cursor.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )
    cursor.close()
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get("sqlite_begin", "BEGIN")
    cursor = connection.connection.cursor()
    # SQLite itself would wait inside C, and a whole serving process with it; here only the one who waits does.
    patience = _MILLISECONDS if begin == "BEGIN" else 0
    if connection.info.get(_BUSY_TIMEOUT, _MILLISECONDS) != patience:
        cursor.execute(f"PRAGMA busy_timeout={patience}")
        connection.info[_BUSY_TIMEOUT] = patience
    _wait_for_turn(cursor, begin) if patience == 0 else cursor.execute(begin)


def _wait_for_turn(cursor: Any, begin: str) -> None:
    deadline, pause = time.monotonic() + PATIENCE, 0.001
    while True:
        try:
            cursor.execute(begin)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise OperationalError(begin, None, error) from error
        time.sleep(pause)
        pause = min(2 * pause, 0.02)
