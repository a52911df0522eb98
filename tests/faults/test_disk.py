"""The disk is full, or somebody else has the database: F08, F09."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from factories import make_hall
from faults.conftest import Figures
from faults.driver import Crowd
from faults.evidence import is_ready, stored_notes, studio_token, write_ahead_log
from faults.history import What
from faults.test_kills import FAILPOINT, crowd_at, let_it_run
from running import ROOT, Server, eventually

MEGABYTE = 1_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB that holds nothing yet. Only root can mount one."""
    if os.geteuid() != 0:
        pytest.skip("a disk of the test's own can only be mounted by root; the failpoint's test stands for it")
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(path: Path) -> None:
    """Write until nothing more fits."""
    with path.open("wb", buffering=0) as file:
        size = MEGABYTE
        while size:
            try:
                file.write(b"x" * size)
            except OSError:
                size //= 2


def test_a_full_disk_refuses_for_now_and_heals_by_itself(small_disk: Path, tmp_path: Path, figures: Figures) -> None:
    server = Server(small_disk)
    server.start()
    try:
        code, workshop = server.import_evening(make_hall(8))
        seat, studio = server.join(code, 1), studio_token(server, workshop)
        with Crowd(server.base, code, groups=8, phones=40, boards=[studio]) as crowd:
            crowd.write(20)
            let_it_run(crowd, 40)
            fill(small_disk / "filler")
            before = crowd.history.count(What.BUSY)
            eventually(lambda: crowd.history.count(What.BUSY) > before, seconds=30)
            crowd.write(0)
            assert not is_ready(server.base)
            status, answer = server.request("POST", f"/api/v1/workshops/{code}/join", {"group": 2})
            assert (status, answer["error"]["code"]) == (503, "busy") and answer["retry_after"] > 0
            # What is there can be read and taken away, whatever cannot be written.
            status, told = server.request("GET", f"/api/v1/workshops/{code}/changes?since=0", token=seat["token"])
            assert status == 200 and told["notes"]
            exported = tmp_path / "evening.json"
            server.run("export", code, "--as", "json", "-o", str(exported))
            assert len(json.loads(exported.read_text())["notes"]) == len(stored_notes(server, workshop))
            (small_disk / "filler").unlink()
            eventually(lambda: is_ready(server.base), seconds=30)
            crowd.write(20)
            let_it_run(crowd, 40)
            verdict = crowd.finish(lambda: stored_notes(server, workshop))
            figures(**crowd.figures(verdict))
        assert verdict.faults == {}
    finally:
        server.stop()


@pytest.mark.parametrize("what", ["full", pytest.param("locked", marks=pytest.mark.long)])
def test_a_commit_that_fails_is_never_acked(hall: Server, what: str, figures: Figures) -> None:
    hall.stop()
    hall.program = FAILPOINT
    armed = hall.folder / "armed"
    hall.settings |= {"VERKSTAD_FAILPOINT": f"{what}:0.3", "VERKSTAD_FAILPOINT_WHILE": str(armed)}
    hall.start()
    with crowd_at(hall, phones=20, tables=4, rate=10, figures=figures) as crowd:
        armed.touch()
        eventually(lambda: crowd.history.count(What.BUSY) >= 5, seconds=60)
        armed.unlink()


@contextmanager
def write_lock(server: Server) -> Iterator[None]:
    """Another process has SQLite's only write lock."""
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE');"
    code += "print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(server.folder / "verkstad.db")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.stdin.close()


def hold_lock(server: Server, figures: Figures, seconds: float) -> None:
    with crowd_at(server, phones=40, tables=8, rate=20, figures=figures) as crowd:
        let_it_run(crowd, 40)
        with write_lock(server):
            acked = crowd.acked
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                # Who waits for the lock waits alone: everybody else is served.
                assert server.request("GET", "/healthz")[0] == 200
                time.sleep(0.2)
            # What was under way as the lock was taken may have got through before it.
            assert crowd.acked <= acked + 40, "nothing can have been written"
        let_it_run(crowd, 40)
    figures(held_s=seconds)


def test_another_process_holds_the_write_lock(server: Server, figures: Figures) -> None:
    hold_lock(server, figures, 3)


@pytest.mark.long
def test_another_process_holds_the_write_lock_longer_than_anyone_waits(server: Server, figures: Figures) -> None:
    hold_lock(server, figures, 15)


def read_for_long(server: Server, figures: Figures, notes: int) -> None:
    """A reader that stays keeps SQLite from emptying its log, and must keep nobody from writing."""
    with crowd_at(server, phones=40, tables=8, rate=40, figures=figures) as crowd:
        let_it_run(crowd, 20)
        with closing(sqlite3.connect(server.folder / "verkstad.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            [(seen,)] = reader.execute("SELECT count(*) FROM notes").fetchall()
            let_it_run(crowd, notes)
            assert reader.execute("SELECT count(*) FROM notes").fetchall() == [(seen,)], "one moment is seen"
            log = write_ahead_log(server)
        let_it_run(crowd, 40)
        assert 0 < log <= 64 * MEGABYTE
    figures(write_ahead_log_mb=round(log / MEGABYTE, 2))


def test_a_reader_that_stays_keeps_nobody_from_writing(server: Server, figures: Figures) -> None:
    read_for_long(server, figures, 200)


@pytest.mark.long
def test_a_reader_that_stays_for_thousands_of_notes(server: Server, figures: Figures) -> None:
    read_for_long(server, figures, 5000)
