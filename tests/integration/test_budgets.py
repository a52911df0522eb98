"""Failures are counted for the whole installation, in one process or, with Redis, in several; successes never are."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from sqlalchemy.orm import Session

from desks import make_app
from factories import make_workshop, mutation
from running import Server, free_port
from verkstad.domain.errors import Busy, NotFound
from verkstad.extensions import db
from verkstad.services.budgets import Budget, Pace, limiter
from verkstad.services.joining import find_workshop


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("redis-server")
    assert program, "the tests need Redis: apt-get install redis-server"
    port = free_port()
    folder: Path = tmp_path_factory.mktemp("redis")
    process = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    url = f"redis://127.0.0.1:{port}"
    for _ in range(200):
        try:
            redis.Redis.from_url(url).ping()
            break
        except redis.ConnectionError:
            time.sleep(0.02)
    yield url
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(params=["memory", "redis"])
def two_processes(request: pytest.FixtureRequest) -> tuple[Budget, Budget]:
    """The budget as two processes see it; in memory there is only one process."""
    if request.param == "memory":
        budget = Budget("codes", "3/minute", limiter(None, enabled=True))
        return budget, budget
    url = request.getfixturevalue("redis_url")
    return tuple(Budget("codes", "3/minute", limiter(url, enabled=True)) for _ in range(2))  # type: ignore[return-value]


def test_a_spent_budget_is_spent_everywhere_and_says_how_long_to_wait(two_processes: tuple[Budget, Budget]) -> None:
    here, there = two_processes
    for _ in range(3):
        here.check()
        here.spend()
    with pytest.raises(Busy) as refusal:
        there.check()
    assert 0 < refusal.value.retry_after <= 60


def test_checking_costs_nothing(two_processes: tuple[Budget, Budget]) -> None:
    here, _ = two_processes
    for _ in range(10):
        here.check("another")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_guessing_is_stopped_and_the_qr_still_opens(session: Session) -> None:
    workshop = make_workshop(session)
    guesses = Budget("codes", "3/minute", limiter(None, enabled=True))
    for _ in range(3):
        with pytest.raises(NotFound):
            find_workshop(session, "XXXXXX", guesses)
    with pytest.raises(Busy):
        find_workshop(session, workshop.code, guesses)
    with pytest.raises(Busy):
        find_workshop(session, workshop.code, guesses, "not the secret")
    assert find_workshop(session, workshop.code, guesses, workshop.join_secret).id == workshop.id


def test_a_workshop_s_door_takes_a_burst_and_then_asks_for_patience(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    app.extensions["seats"] = Pace(("too_many_seats", "Wait %(seconds)s."), rate=0.1, burst=2, enabled=True)
    with app.app_context():
        full, other = (make_workshop(db.session()).code for _ in range(2))
    client = app.test_client()

    def join(code: str) -> int:
        return client.post(f"/api/v1/workshops/{code}/join", json={"group": 1}).status_code

    assert [join(full) for _ in range(3)] == [200, 200, 429]
    refused = client.post(f"/api/v1/workshops/{full}/join", json={"group": 1})
    assert refused.get_json()["error"]["code"] == "too_many_seats"
    assert 0 < int(refused.headers["Retry-After"]) <= 10
    assert "Wait 10." in client.post(f"/w/{full}/join", data={"group": "1"}).text
    assert join(other) == 200


def test_a_flood_is_told_to_wait_with_nothing_of_it_taken_and_nobody_else_waits(server: Server, code: str) -> None:
    flooder, neighbour = (server.join(code, 1)["token"] for _ in range(2))

    def push(token: str) -> tuple[int, Any]:
        return server.request("POST", f"/api/v1/workshops/{code}/push", {"mutations": batch}, token=token)

    for _ in range(200):
        batch = [mutation("note.add", question="q1", text="igen") for _ in range(50)]
        status, answer = push(flooder)
        if status != 200:
            break
    assert (status, answer["error"]["code"]) == (429, "too_fast")
    refused = batch
    batch = [mutation("note.add", question="q1", text="hej")]
    assert push(neighbour)[0] == 200
    time.sleep(answer["retry_after"])
    batch = refused
    status, answer = push(flooder)
    assert status == 200 and {result["status"] for result in answer["results"]} == {"ok"}
