"""The worker beside serving: it suggests and places, leaves people's work alone, and can be killed at any moment."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from installation import TEXTS, Hall, workers
from running import VERKSTAD, Server, eventually
from several import RedisServer
from verkstad.config import read_config
from verkstad.jobs.queue import FILE, WorkQueue

WITH_WORKER = {"VERKSTAD_WORKER": "on"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("jobs"), settings=WITH_WORKER)
    server.start()
    yield server
    server.stop()
    assert not server.crashes()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A server that the test may kill."""
    server = Server(tmp_path, settings=WITH_WORKER)
    server.start()
    yield server
    server.stop()


def test_the_first_suggestion_comes_with_the_twelfth_note(server: Server) -> None:
    hall = Hall.at(server)
    eleven = hall.write(*TEXTS[:11])
    eventually(lambda: hall.is_read(*eleven), seconds=90)
    assert (hall.themes(), hall.seen()["workshop"]["sorting"]["state"]) == ([], "waiting")
    hall.write(TEXTS[11])
    themes = hall.sorted()
    assert not any(theme["named"] for theme in themes)
    placed = [note for note in hall.notes().values() if note["theme"]]
    assert placed
    assert not any(note["by_person"] for note in placed)
    [act] = hall.acts("machine.sort")
    assert (act["by"], set(act["notes"])) == (None, {note["id"] for note in placed})
    assert hall.seen()["workshop"]["sorting"]["state"] == "idle"


def test_a_newcomer_goes_where_the_same_was_said_and_a_question_is_marked(server: Server) -> None:
    hall = Hall.at(server)
    hall.write(*TEXTS)
    hall.sorted()
    there = next(note for note in hall.notes().values() if note["theme"])
    [same, asking] = hall.write(there["text"].upper(), "Vem bestämmer egentligen över nyckeln")
    eventually(lambda: hall.notes()[same]["theme"], seconds=60)
    assert hall.notes()[same]["theme"] == there["theme"]
    assert hall.notes()[asking]["asks"] == "maybe"


def test_what_people_have_done_stays(server: Server) -> None:
    hall = Hall.at(server)
    ids = hall.write(*TEXTS)
    first, *_ = hall.sorted()
    mine = hall.act("theme.add", label="Mitt eget", notes=[ids[0]])
    hall.act("theme.rename", theme=first["id"], label="Vårt namn")
    hall.act("theme.place", notes=[ids[1]], theme=None)
    hall.act("sorting.ask")
    [preview] = eventually(lambda: hall.suggestions("resort"), seconds=60)
    assert not {ids[0], ids[1]} & {move["note"] for move in preview["moves"]}
    if preview["moves"]:
        hall.act("suggestion.accept", suggestion=preview["id"])
    notes, themes = hall.notes(), {theme["id"]: theme["label"] for theme in hall.themes()}
    assert (notes[ids[0]]["theme"], notes[ids[1]]["theme"]) == (mine, None)
    assert themes[mine] == "Mitt eget"
    assert themes[first["id"]] == "Vårt namn"


def test_what_was_taken_back_is_not_done_again(server: Server) -> None:
    hall = Hall.at(server)
    hall.write(*TEXTS[:12])
    hall.sorted()
    [act] = hall.acts("machine.sort")
    hall.act("action.undo", action=act["id"])
    assert not hall.themes()
    more = hall.write(*TEXTS[12:])
    eventually(lambda: hall.is_read(*more), seconds=60)
    asked = hall.act("sorting.ask")
    eventually(lambda: hall.suggestions("resort"), seconds=60)
    assert asked
    assert not hall.themes()
    assert not any(note["theme"] for note in hall.notes().values())


def test_the_serving_process_has_no_arithmetic(server: Server) -> None:
    hall = Hall.at(server)
    hall.write(*TEXTS)
    hall.sorted()
    assert server.process is not None
    [worker] = workers(server)
    loaded = [Path(f"/proc/{pid}/maps").read_text() for pid in (server.process.pid, worker.pid)]
    assert ["numpy" in maps for maps in loaded] == [False, True]


def test_a_worker_that_is_killed_is_started_again(own: Server) -> None:
    hall = Hall.at(own)
    [first] = eventually(lambda: workers(own), seconds=30)
    hall.write(*TEXTS)
    first.kill()
    hall.sorted()
    [second] = workers(own)
    assert second.pid != first.pid


def test_a_server_that_is_killed_takes_its_worker_along_and_nothing_is_forgotten(own: Server) -> None:
    hall = Hall.at(own)
    [worker] = eventually(lambda: workers(own), seconds=30)
    hall.write(*TEXTS)
    own.stop(signal.SIGKILL)
    eventually(lambda: not psutil.pid_exists(worker.pid), seconds=30)
    own.start()
    hall.sorted()


def test_many_that_wait_come_to_one_suggestion(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    hall = Hall.at(server)
    hall.write(*TEXTS)
    queue = WorkQueue(read_config(server.environ))
    for _ in range(50):
        queue.put(1)
    server.stop()
    server.settings = WITH_WORKER
    server.start()
    hall.sorted()
    eventually(lambda: queue.length == 0, seconds=60)
    assert len(hall.acts("machine.sort")) == 1
    server.stop()


def test_nobody_waits_for_the_queue(own: Server) -> None:
    hall = Hall.at(own)
    with closing(sqlite3.connect(own.folder / FILE, isolation_level=None)) as holding:
        holding.execute("BEGIN EXCLUSIVE")  # for as long as we like
        hall.write(*TEXTS)
        assert len(hall.notes()) == len(TEXTS)
        holding.execute("ROLLBACK")
    hall.sorted()


@pytest.mark.parametrize("tied", [True, False])
def test_the_municipal_installation(tmp_path: Path, shared_postgresql: str, tied: bool) -> None:
    redis = RedisServer(tmp_path)
    redis.start()
    settings = {"VERKSTAD_DATABASE_URL": shared_postgresql, "VERKSTAD_REDIS_URL": redis.url}
    server = Server(tmp_path, settings=settings | (WITH_WORKER if tied else {}))
    server.start()
    apart = None if tied else subprocess.Popen([*VERKSTAD, "work"], env=server.environ)
    try:
        hall = Hall.at(server)
        hall.write(*TEXTS)
        hall.sorted()
        there = next(note for note in hall.notes().values() if note["theme"])
        [same] = hall.write(there["text"])
        eventually(lambda: hall.notes()[same]["theme"] == there["theme"], seconds=60)
    finally:
        if apart is not None:
            apart.terminate()
            apart.wait(timeout=20)
        server.stop()
        redis.stop()
    assert not server.crashes()
