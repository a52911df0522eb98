"""The rehearsal on a running server: eight tables at once, and a server that dies in the middle."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from running import Server, eventually
from verkstad.domain.workshop_file import WorkshopFile
from verkstad.rehearse import RehearsalResult, play
from verkstad.services.imports import read_workshop_file


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def evening() -> WorkshopFile:
    return read_workshop_file(resources.files("verkstad").joinpath("evenings/evening.json").read_bytes(), "e.json")


def _play(server: Server, evening: WorkshopFile, speed: float, said: list[str]) -> tuple[str, RehearsalResult]:
    bare = msgspec.structs.replace(
        evening,
        notes=(),
        questions=tuple(
            msgspec.structs.replace(q, opened_at=None, closed_at=None, shared=False) for q in evening.questions
        ),
    )
    code, _ = server.import_evening(bare, opened=False)
    token = server.token(code, "studio")
    result = play(evening, base_url=server.base, code=code, studio_token=token, speed=speed, report=said.append)
    return code, result


def test_an_evening_is_played_and_every_note_is_at_the_server(server: Server, evening: WorkshopFile) -> None:
    said: list[str] = []
    code, result = _play(server, evening, 20, said)
    assert result.complete, str(result)
    assert (result.sent, result.groups) == (73, 8)
    assert [line for line in said if "is open" in line] == [f"Question {n} is open." for n in range(1, 5)]
    made = server.folder / "evening.json"
    server.run("export", code, "--as", "json", "-o", str(made))
    exported = read_workshop_file(made.read_bytes(), made.name)
    assert sorted((n.group, n.question or "", n.text) for n in exported.notes) == sorted(
        (n.group, n.question or "", n.text) for n in evening.notes
    )


def test_nothing_is_lost_or_doubled_when_the_server_dies_in_the_middle(server: Server, evening: WorkshopFile) -> None:
    said: list[str] = []
    results: list[RehearsalResult] = []
    player = threading.Thread(target=lambda: results.append(_play(server, evening, 6, said)[1]))
    player.start()
    eventually(lambda: "Question 2 is open." in said, seconds=60)
    server.stop(signal.SIGKILL)
    server.start()
    player.join(timeout=90)
    assert results[0].complete, str(results[0])
    assert results[0].sent == 73
