"""Several servers: one that dies takes nothing with it, and without Redis everything arrives, only later.

No client asks by itself here, but when it connects: what one server took in and another's clients show came from there.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from factories import make_hall
from faults.conftest import Figures
from faults.driver import Crowd
from faults.evidence import stored_notes
from faults.history import Verdict, percentile
from faults.proxy import DOWN, Proxy
from running import Server, eventually
from several import RedisServer, Several, several

GROUPS = 8
NEVER = 3600.0


@pytest.fixture
def between(tmp_path: Path) -> Iterator[RedisServer]:
    """The Redis between the servers."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


class Evening:
    """A workshop on several servers, and a crowd that follows it through nginx."""

    def __init__(self, installation: Several, crowd: Crowd, workshop: int, code: str) -> None:
        self.installation = installation
        self.crowd = crowd
        self.code = code
        self._workshop = workshop

    def takes_in(self, notes: int) -> None:
        """Wait until so many more notes have been acked."""
        enough = self.crowd.acked + notes
        eventually(lambda: self.crowd.acked >= enough, seconds=60)

    def verdict(self) -> Verdict:
        """What became of every note, once everybody shows what they should or should have by now."""
        return self.crowd.finish(lambda: stored_notes(self.installation.servers[0], self._workshop), seconds=30)


@contextmanager
def evening(folder: Path, database_url: str, redis_url: str, *, servers: int, phones: int) -> Iterator[Evening]:
    with several(folder, database_url, redis_url, servers) as installation:
        first = installation.servers[0]
        code, workshop = first.import_evening(make_hall(GROUPS))
        boards = [first.token(code, "studio")] * servers
        crowd = Crowd(
            installation.base,
            code,
            groups=GROUPS,
            phones=phones,
            boards=boards,
            polling=0.2,
            sticky="client",
            look=NEVER,
        )
        with crowd:
            yield Evening(installation, crowd, workshop, code)


def silence(server: Server) -> float:
    """Seconds since a server heard anything over Redis, as it says itself."""
    figures = requests.get(f"{server.base}/metrics", timeout=10).text
    found = re.search(r"^verkstad_feed_silence_seconds (\S+)", figures, re.MULTILINE)
    assert found, figures
    return float(found[1])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_f03_a_server_dies_and_its_clients_go_on_at_the_others(
    tmp_path: Path, database_url: str, between: RedisServer, figures: Figures
) -> None:
    with evening(tmp_path, database_url, between.url, servers=3, phones=60) as hall:
        crowd, dying = hall.crowd, hall.installation.servers[0]
        crowd.write(30)
        hall.takes_in(60)
        lives = {client.name: client.lives for client in crowd.everybody}
        dying.stop(signal.SIGKILL)
        moment = time.monotonic()
        hall.takes_in(60)
        moved = [client for client in crowd.everybody if client.line is None or client.lives > lives[client.name]]
        assert 0 < len(moved) < len(crowd.everybody)
        eventually(lambda: all(client.synced_at > moment for client in moved), seconds=60)
        back = [client.synced_at - moment for client in moved]
        dying.start()
        hall.takes_in(60)
        verdict = hall.verdict()
        figures(moved=len(moved), back_p95_s=round(percentile(back, 95), 1), **crowd.figures(verdict))
        assert verdict.faults == {}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_f04_redis_goes_away_and_comes_back(
    tmp_path: Path, database_url: str, between: RedisServer, figures: Figures
) -> None:
    with evening(tmp_path, database_url, between.url, servers=2, phones=40) as hall:
        hall.crowd.write(20)
        hall.takes_in(40)
        between.stop()
        _goes_on_without_redis(hall, figures)
        between.start()
        _is_live_again(hall, figures)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_f05_redis_takes_everything_and_says_nothing(
    tmp_path: Path, database_url: str, between: RedisServer, figures: Figures
) -> None:
    with (
        Proxy("127.0.0.1", between.port) as proxy,
        evening(tmp_path, database_url, f"redis://127.0.0.1:{proxy.port}", servers=2, phones=40) as hall,
    ):
        hall.crowd.write(20)
        hall.takes_in(40)
        proxy.swallow = {DOWN}
        _goes_on_without_redis(hall, figures)
        proxy.swallow = set()
        _is_live_again(hall, figures)


def _goes_on_without_redis(hall: Evening, figures: Figures) -> None:
    """Notes are taken in and shown everywhere, somebody who has the code gets in, and it can be seen from outside."""
    servers = hall.installation.servers
    hall.takes_in(100)
    assert servers[1].join(hall.code, 1)["token"]
    verdict = hall.verdict()  # all of it is shown everywhere, with Redis still away
    assert verdict.faults == {}
    eventually(lambda: all(silence(server) > 10 for server in servers), seconds=60)
    figures(shown_without_redis_max_s=round(max(hall.crowd.shown_after()), 1))


def _is_live_again(hall: Evening, figures: Figures) -> None:
    """The servers find each other by themselves, and have not filled the disk with complaints meanwhile."""
    servers = hall.installation.servers
    begun = time.monotonic()
    eventually(lambda: all(silence(server) < 5 for server in servers), seconds=60)
    figures(found_again_s=round(time.monotonic() - begun, 1))
    hall.crowd.write(20)
    hall.takes_in(40)
    verdict = hall.verdict()
    figures(**hall.crowd.figures(verdict))
    assert verdict.faults == {}
    for server in servers:
        assert sum("Redis" in line for line in server.log().splitlines()) < 20, server.log()
