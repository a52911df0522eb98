"""What every fault test leaves behind: its figures, in the report and as lines at the end of the run."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from running import Server

Figures = Callable[..., None]
_LINES = pytest.StashKey[list[str]]()


@pytest.fixture
def figures(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Figures:
    """Call it with what was measured, by name."""

    def keep(**measured: object) -> None:
        for name, value in measured.items():
            record_property(name, value)
        said = ", ".join(f"{name} {value}" for name, value in measured.items())
        request.config.stash.setdefault(_LINES, []).append(f"{request.node.name}: {said}")

    return keep


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Server]:
    """An installation of its own on SQLite, served; the test may kill it as it likes."""
    yield from _served(Server(tmp_path))


@pytest.fixture
def installation(tmp_path: Path, database_url: str) -> Iterator[Server]:
    """The same, once on SQLite and once on PostgreSQL."""
    yield from _served(Server(tmp_path, settings={"VERKSTAD_DATABASE_URL": database_url}))


def _served(server: Server) -> Iterator[Server]:
    server.start()
    yield server
    server.stop(signal.SIGKILL)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash.get(_LINES, [])
    if lines:
        terminalreporter.section("figures of the fault tests")
        for line in lines:
            terminalreporter.line(line)
