"""The server's wall clock jumps three hours, forth and back: F10. Phones' clocks are never asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from factories import make_hall
from faults.conftest import Figures
from faults.driver import Crowd
from faults.evidence import stored_notes, studio_token
from faults.test_kills import let_it_run
from running import Server, eventually

LIBRARIES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")
JUMPS = ("+3h", "-3h", "+0")


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """The file that tells the server what its clock shows, beside the true time."""
    path = tmp_path / "clock"
    path.write_text("+0")
    return path


@pytest.fixture
def server_by(clock: Path, tmp_path: Path) -> Iterator[Server]:
    """An installation that goes by `clock`; only the wall clock is moved, as an administrator moves it."""
    library = next((str(p) for pattern in LIBRARIES for p in Path("/").glob(pattern[1:])), None)
    assert library, "the tests need libfaketime: apt-get install libfaketime"
    server = Server(tmp_path)
    server.settings |= {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(clock)}
    server.settings |= {"FAKETIME_CACHE_DURATION": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    # Its cure for an old C library wakes Python's threads without end on a new one.
    server.settings["FAKETIME_FORCE_MONOTONIC_FIX"] = "0"
    server.start()
    yield server
    server.stop()


def test_the_clock_jumps_and_the_order_stays(server_by: Server, clock: Path, figures: Figures) -> None:
    server = server_by
    code, workshop = server.import_evening(make_hall(8))
    seat, studio = server.join(code, 1), studio_token(server, workshop)

    def now() -> datetime:
        _, told = server.request("GET", f"/api/v1/workshops/{code}/changes?since=0", token=seat["token"])
        return datetime.fromisoformat(told["now"])

    with Crowd(server.base, code, groups=8, phones=40, boards=[studio], polling=0.1) as crowd:
        crowd.write(30)
        let_it_run(crowd, 40)
        for jump in JUMPS:
            before = now()
            # In one stroke: half a line is a time of its own.
            clock.with_suffix(".new").write_text(jump)
            clock.with_suffix(".new").rename(clock)
            eventually(lambda before=before: abs(now() - before) > timedelta(hours=2, minutes=59))
            let_it_run(crowd, 40)
        assert server.request("GET", "/readyz")[0] == 200
        verdict = crowd.finish(lambda: stored_notes(server, workshop))
        figures(jumps=len(JUMPS), **crowd.figures(verdict))
    assert verdict.faults == {}
