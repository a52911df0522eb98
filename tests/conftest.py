"""Real databases for every test that needs one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from factories import make_evening
from postgres import Cluster, running_postgres
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
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A real PostgreSQL, with a migrated database ``template_verkstad`` to copy."""
    with running_postgres(tmp_path_factory.mktemp("postgres")) as cluster:
        yield cluster


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
def shared_postgresql(postgres: Cluster) -> str:
    """A migrated PostgreSQL database for all of a module."""
    return _copy(postgres)


def _copy(cluster: Cluster) -> str:
    """The address of a new database, a copy of the template."""
    return cluster.database(f"test_{next(_numbers)}", template="template_verkstad")


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
