"""Statements compiled once, for the path that every note takes; everywhere else SQLAlchemy compiles and caches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, bindparam
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Row = Mapping[str, Any]


class Prepared:
    """A statement of SQLAlchemy's that goes to the driver as it is.

    Parameters are turned into what the driver takes by the columns' own types; what comes back is the driver's.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, Callable[[Row], Any]]] = {}

    def run(self, connection: Connection, rows: Iterable[Row]) -> None:
        """Execute it for each row of parameters.

        Raises:
            DBAPIError: as SQLAlchemy itself would.
        """
        sql, bind = self._for(connection.dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(sql, [bind(row) for row in rows])
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_sqlalchemy_says(error, sql, connection, cursor) from error
        finally:
            cursor.close()

    def fetch(self, connection: Connection, parameters: Row) -> Sequence[Any]:
        """All rows of its result, as the driver has them. Raises DBAPIError."""
        sql, bind = self._for(connection.dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(sql, bind(parameters))
            return cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_sqlalchemy_says(error, sql, connection, cursor) from error
        finally:
            cursor.close()

    def _for(self, dialect: Dialect) -> tuple[str, Callable[[Row], Any]]:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _compile(self._statement, dialect)
        return self._compiled[dialect.name]


@contextmanager
def in_one_trip(connection: Connection) -> Iterator[None]:
    """What is run in here goes to PostgreSQL together, and is answered together; SQLite has no way to go.

    For `Prepared` alone: the ORM looks at each answer before it goes on.

    Raises:
        DBAPIError: for any of it, at the end.
    """
    pipeline = getattr(connection.connection.dbapi_connection, "pipeline", nullcontext)
    try:
        with pipeline():
            yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy_says(error, "(several together)", connection, None) from error


def one_of(column: Any, count: int) -> ColumnElement[bool]:
    """The condition that a column is one of ``count`` parameters, named as `the_ids` names them."""
    return column.in_([bindparam(f"id{n}") for n in range(count)])  # type: ignore[no-any-return]


def the_ids(ids: Sequence[str]) -> dict[str, Any]:
    """Ids as parameters; the last stands again until there is a power of two of them, so that statements are few."""
    count = 1 << (len(ids) - 1).bit_length()
    return {f"id{n}": ids[min(n, len(ids) - 1)] for n in range(count)}


def _compile(statement: ClauseElement, dialect: Dialect) -> tuple[str, Callable[[Row], Any]]:
    compiled: Any = statement.compile(dialect=dialect)
    found = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
    converters = {name: convert for name, convert in found.items() if convert is not None}
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    places = [(place, converters[name]) for place, name in enumerate(names) if name in converters]

    def bind(row: Row) -> Any:
        values = [row[name] for name in names]
        for place, convert in places:
            values[place] = convert(values[place])
        return values if compiled.positional else dict(zip(names, values, strict=True))

    return str(compiled), bind


def _as_sqlalchemy_says(error: Exception, sql: str, connection: Connection, cursor: Any) -> BaseException:
    dialect = connection.dialect
    return DBAPIError.instance(
        sql,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=dialect.is_disconnect(error, connection.connection, cursor),  # type: ignore[arg-type]
        dialect=dialect,
    )
