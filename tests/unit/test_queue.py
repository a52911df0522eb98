"""What is asked for while work goes on is put in the queue once a workshop, and a queue that fails costs nothing."""

from __future__ import annotations

import sys

import pytest

from verkstad.jobs.queue import Asking
from verkstad.optional import without


class Enough(Exception):
    """Ends what goes on for ever."""


def run(asking: Asking, put: list[int], *, rounds: int, fails: bool = False) -> None:
    def keep(workshop: int) -> None:
        if fails:
            raise OSError("no room")
        put.append(workshop)

    def sleep(_: float) -> None:
        nonlocal rounds
        rounds -= 1
        if not rounds:
            raise Enough
        asking.changed(3)

    with pytest.raises(Enough):
        asking.run(keep, sleep)


def test_a_workshop_is_asked_for_once_a_round() -> None:
    asking, put = Asking(), list[int]()
    for workshop in (1, 2, 1, 1):
        asking.changed(workshop)
    run(asking, put, rounds=2)
    assert put == [1, 2, 3]


def test_a_queue_that_cannot_be_written_to_ends_nothing() -> None:
    asking, put = Asking(), list[int]()
    asking.changed(1)
    run(asking, put, rounds=3, fails=True)
    asking.changed(2)
    run(asking, put, rounds=1)
    assert put == [2]


def test_a_library_is_done_without_only_for_a_while() -> None:
    loaded = sys.modules["json"]
    with without("json", "wave"):
        assert sys.modules["json"] is loaded
        with pytest.raises(ImportError):
            __import__("wave")
    assert "wave" not in sys.modules
    assert __import__("wave")
