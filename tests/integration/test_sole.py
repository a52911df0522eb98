"""Two servers on one database are refused when they could not hear each other, in a sentence that says what to do."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from running import Server, eventually
from verkstad.storage.sole import DatabasePlace, Taken, take_place

KEY, OTHER_KEY = "5eed" * 16, "c0de" * 16


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


def test_a_second_server_on_the_same_file_is_refused_until_the_first_is_gone_however_it_went(served: Server) -> None:
    second = Server(served.folder)
    refusal = second.run("serve", check=False)
    assert refusal.returncode == 1 and refusal.stdout == ""
    assert str(served.folder / "verkstad.db") in refusal.stderr and "Stop that one first" in refusal.stderr
    assert refusal.stderr.count("\n") == 1
    served.stop(signal.SIGKILL)
    second.start()
    second.stop()


def test_commands_run_beside_the_server(served: Server) -> None:
    code = served.run("import", "platform/verkstad/evenings/evening.json", "--open").stdout.split()[-1]
    assert served.run("token", code, "--as", "screen").stdout.strip()


def test_a_database_that_is_not_there_is_refused_by_its_address_without_its_password(tmp_path: Path) -> None:
    server = Server(tmp_path, settings={"VERKSTAD_DATABASE_URL": "postgresql://anna:hush@127.0.0.1:1/verkstad"})
    refusal = server.run("serve", check=False)
    assert refusal.returncode == 1
    assert "postgresql://anna:***@127.0.0.1:1/verkstad" in refusal.stderr and "hush" not in refusal.stderr
    assert refusal.stderr.count("\n") == 1


@pytest.fixture
def postgresql(database_url: str) -> Engine:
    return create_engine(database_url)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
class TestOnPostgresql:
    def test_several_that_hear_each_other_may(self, postgresql: Engine) -> None:
        places = [take_place(postgresql, with_others=True, installation=KEY) for _ in range(3)]
        for place in places:
            place.keep()

    @pytest.mark.parametrize(("first", "second"), [(False, False), (False, True), (True, False)])
    def test_one_that_cannot_be_heard_must_be_alone(self, postgresql: Engine, first: bool, second: bool) -> None:
        held = take_place(postgresql, with_others=first, installation=KEY)
        with pytest.raises(Taken, match=r"VERKSTAD_REDIS_URL"):
            take_place(postgresql, with_others=second, installation=KEY)
        held.keep()

    def test_another_secret_key_is_another_installation(self, postgresql: Engine) -> None:
        held = take_place(postgresql, with_others=True, installation=KEY)
        with pytest.raises(Taken, match=r"VERKSTAD_SECRET_KEY"):
            take_place(postgresql, with_others=True, installation=OTHER_KEY)
        held.keep()
        take_place(postgresql, with_others=True, installation=KEY)

    def test_the_right_is_asked_for_anew_when_the_database_was_restarted(self, postgresql: Engine) -> None:
        held = take_place(postgresql, with_others=False, installation=KEY)
        assert isinstance(held, DatabasePlace)
        with postgresql.connect() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            )
        eventually(lambda: _nobody_else(postgresql))
        held.keep()
        with pytest.raises(Taken):
            take_place(postgresql, with_others=False, installation=KEY)


def _nobody_else(engine: Engine) -> bool:
    with engine.connect() as connection:
        mine = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return bool(connection.scalar(mine) == 1)
