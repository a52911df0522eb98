"""The server dies, is held up or is replaced in the middle of an evening: F01, F02, F22, F31, F32."""

from __future__ import annotations

import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from factories import make_hall, mutation
from faults.conftest import Figures
from faults.driver import Crowd
from faults.evidence import is_ready, ready_after, stored_notes, studio_token
from faults.history import What, percentile
from postgres import Cluster
from running import Server, eventually

FAILPOINT = [sys.executable, str(Path(__file__).with_name("serve_failpoint.py"))]


@contextmanager
def crowd_at(server: Server, *, phones: int, tables: int, rate: float, figures: Figures) -> Iterator[Crowd]:
    """A crowd that writes while the test does its worst; afterwards everything must be right."""
    code, workshop = server.import_evening(make_hall(tables))
    boards = [studio_token(server, workshop)]
    with Crowd(server.base, code, groups=tables, phones=phones, boards=boards, polling=0.1) as crowd:
        crowd.write(rate)
        yield crowd
        verdict = crowd.finish(lambda: stored_notes(server, workshop))
        figures(**crowd.figures(verdict))
    assert verdict.faults == {}


def let_it_run(crowd: Crowd, notes: int) -> None:
    """Until so many more notes have been acked."""
    enough = crowd.acked + notes
    eventually(lambda: crowd.acked >= enough, seconds=120 + notes / 10)


def kill_again_and_again(
    server: Server, figures: Figures, *, phones: int, tables: int, rate: float, kills: int, between: int
) -> None:
    """Sometimes before everybody is back from the last time. Who is back after a kill, counts from the kill."""
    ready, back = [], []
    with crowd_at(server, phones=phones, tables=tables, rate=rate, figures=figures) as crowd:
        for kill in range(kills):
            let_it_run(crowd, random.randint(1, between))
            server.stop(signal.SIGKILL)
            killed = time.monotonic()
            ready.append(ready_after(server))
            if kill % 3 == 2 or kill == kills - 1:
                back += crowd.back_after(killed)
    tell_recovery(figures, ready, back, kills=kills)


def tell_recovery(figures: Figures, ready: Sequence[float], back: Sequence[float], **more: object) -> None:
    """The figures of how it came back."""
    told = {"ready_max_s": max(ready), "back_p95_s": percentile(back, 95), "back_max_s": max(back)}
    figures(**more, **{name: round(value, 2) for name, value in told.items()})


def test_killed_three_times_under_load(hall: Server, figures: Figures) -> None:
    kill_again_and_again(hall, figures, phones=60, tables=8, rate=30, kills=3, between=60)


@pytest.mark.long
def test_killed_fifty_times_in_a_full_hall(installation: Server, figures: Figures) -> None:
    kill_again_and_again(installation, figures, phones=300, tables=40, rate=300, kills=50, between=4000)


def die_after_commits(server: Server, figures: Figures, deaths: int) -> None:
    """What was committed and not acked is sent again, and must be told from what is new."""
    armed = server.folder / "armed"
    server.stop()
    server.program = FAILPOINT
    server.settings |= {"VERKSTAD_FAILPOINT": "kill:0.05", "VERKSTAD_FAILPOINT_WHILE": str(armed)}
    server.start()
    with crowd_at(server, phones=30, tables=8, rate=20, figures=figures) as crowd:
        for _ in range(deaths):
            armed.touch()
            process = server.process
            assert process is not None
            eventually(lambda process=process: process.poll() is not None, seconds=60)
            armed.unlink()
            assert process.returncode == -signal.SIGKILL
            server.start()
        # Each death left at least one note that was there already when it came again.
        eventually(lambda: crowd.history.count(What.DUPLICATE) >= deaths, seconds=60)
    figures(deaths=deaths)


def test_killed_between_commit_and_ack(installation: Server, figures: Figures) -> None:
    die_after_commits(installation, figures, deaths=1)


@pytest.mark.long
def test_killed_a_hundred_times_between_commit_and_ack(installation: Server, figures: Figures) -> None:
    die_after_commits(installation, figures, deaths=50)  # on each database


def restart_in_full_hall(server: Server, figures: Figures, phones: int) -> None:
    with crowd_at(server, phones=phones, tables=40, rate=5, figures=figures) as crowd:
        let_it_run(crowd, 20)
        server.stop()
        stopped = time.monotonic()
        ready = ready_after(server)
        back = crowd.back_after(stopped, seconds=120)
    tell_recovery(figures, [ready], back, phones=phones, back_p99_s=round(percentile(back, 99), 2))


def test_three_hundred_come_back_at_once(hall: Server, figures: Figures) -> None:
    restart_in_full_hall(hall, figures, 300)


@pytest.mark.long
def test_a_thousand_come_back_at_once(installation: Server, figures: Figures) -> None:
    restart_in_full_hall(installation, figures, 1000)


def test_a_new_server_takes_over_in_the_middle_of_an_evening(hall: Server, figures: Figures) -> None:
    code, _ = hall.import_evening(make_hall(2))
    seat = hall.join(code, 1)
    with crowd_at(hall, phones=30, tables=8, rate=20, figures=figures) as crowd:
        let_it_run(crowd, 50)
        hall.stop()
        stopped = time.monotonic()
        # Another process with the same data and address, as an upgrade leaves it.
        after = replace(hall, process=None)
        try:
            ready = ready_after(after)
            # A page of another version says more than this one knows; what it does know is taken.
            newer = mutation("note.add", question="q1", text="från en nyare sida", mood="glad")
            other = mutation("note.sing", song="visa")
            path = f"/api/v1/workshops/{code}/push"
            status, answer = hall.request("POST", path, {"mutations": [other, newer], "page": "9.0"}, seat["token"])
            assert status == 200
            assert [r["status"] for r in answer["results"]] == ["rejected", "ok"]
            back = crowd.back_after(stopped)
        finally:
            hall.process = after.process
    tell_recovery(figures, [ready], back)


def hold_server(server: Server, figures: Figures, seconds: float) -> None:
    with crowd_at(server, phones=60, tables=8, rate=20, figures=figures) as crowd:
        let_it_run(crowd, 30)
        assert server.process is not None
        server.process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        server.process.send_signal(signal.SIGCONT)
        let_it_run(crowd, 30)
    figures(held_s=seconds)


def test_a_server_that_is_held_up_for_three_seconds(hall: Server, figures: Figures) -> None:
    hold_server(hall, figures, 3)


@pytest.mark.long
def test_a_server_that_is_held_up_for_half_a_minute(installation: Server, figures: Figures) -> None:
    hold_server(installation, figures, 30)


def hold_postgres(server: Server, cluster: Cluster, figures: Figures, seconds: float) -> None:
    with crowd_at(server, phones=60, tables=8, rate=20, figures=figures) as crowd:
        let_it_run(crowd, 30)
        cluster.hold()
        try:
            time.sleep(seconds)
            status, _ = server.request("GET", "/healthz")
            assert status == 200, "the process is alive whatever the database does"
        finally:
            cluster.release()
        eventually(lambda: is_ready(server.base), seconds=30)
        let_it_run(crowd, 30)
    figures(held_s=seconds)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_that_is_held_up_for_three_seconds(
    installation: Server, postgres: Cluster, figures: Figures
) -> None:
    hold_postgres(installation, postgres, figures, 3)


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_that_is_held_up_for_half_a_minute(
    installation: Server, postgres: Cluster, figures: Figures
) -> None:
    hold_postgres(installation, postgres, figures, 30)


def restart_postgres(server: Server, cluster: Cluster, figures: Figures, times: int) -> None:
    """F06. Nobody is told that anything failed for good: the crowd would see a refusal."""
    recovered = []
    with crowd_at(server, phones=60, tables=8, rate=30, figures=figures) as crowd:
        for _ in range(times):
            let_it_run(crowd, 60)
            cluster.restart()
            again, begun = crowd.acked, time.monotonic()
            eventually(lambda again=again: crowd.acked > again, seconds=30)
            recovered.append(time.monotonic() - begun)
    figures(restarts=times, recovered_max_s=max(recovered))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgres_restarts_as_after_a_power_cut(installation: Server, postgres: Cluster, figures: Figures) -> None:
    restart_postgres(installation, postgres, figures, 2)


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgres_restarts_ten_times(installation: Server, postgres: Cluster, figures: Figures) -> None:
    restart_postgres(installation, postgres, figures, 10)
