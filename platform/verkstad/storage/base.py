"""The declarative base, the column types, and how a transaction begins."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Enum, MetaData, event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator


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
    session.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})


def begin_read(session: Session) -> None:
    """Start the session's next transaction as one that sees a single moment, however many queries it asks.

    A transaction on SQLite always does; one on PostgreSQL looks anew at each query unless it is told not to.
    """
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def prepare_engine(engine: Engine) -> None:
    """Set an engine's connections up: SQLite for durable concurrent use, PostgreSQL as it comes."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        # The driver must not begin transactions by itself: _on_begin does.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
