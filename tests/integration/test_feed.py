"""What one process tells is heard by the others and not by itself, whatever Redis goes through meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from running import eventually
from several import RedisServer
from verkstad.realtime import feed
from verkstad.realtime.feed import RedisFeed


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


def spawn(task: Callable[..., Any], *args: Any) -> None:
    threading.Thread(target=task, args=args, daemon=True).start()


class Process:
    """A process of an installation, as far as the feed is concerned."""

    def __init__(self, url: str, installation: str = "ours") -> None:
        self.heard: list[bytes] = []
        self.feed = RedisFeed(url, installation)
        self.feed.start(self.take, spawn)

    def take(self, message: bytes) -> None:
        self.heard.append(message)
        if message == b"poison":
            raise ValueError

    def hears(self, other: Process, message: bytes) -> bool:
        """Whether what the other says now arrives; said again until it does, for nobody promises the first."""

        def said() -> bool:
            other.feed.publish(message)
            return message in self.heard

        return bool(eventually(said, seconds=30, every=0.1))


@pytest.fixture
def processes(redis_server: RedisServer) -> Iterator[Callable[..., Process]]:
    made: list[Process] = []

    def make(installation: str = "ours") -> Process:
        made.append(Process(redis_server.url, installation))
        return made[-1]

    yield make
    for process in made:
        process.feed.stop()


def test_the_others_hear_it_whole_and_in_order_and_oneself_does_not(processes: Callable[..., Process]) -> None:
    here, there, stranger = processes(), processes(), processes("another installation")
    assert there.hears(here, b"begin") and here.hears(there, b"begin")
    sent = [b"\x00\xff%d" % n * 100 for n in range(500)]
    for message in sent:
        here.feed.publish(message)
    eventually(lambda: sent[-1] in there.heard)
    assert [m for m in there.heard if m != b"begin"] == sent
    assert set(here.heard) == {b"begin"} and stranger.heard == []


def test_a_redis_that_goes_away_holds_nobody_up_and_is_found_again(
    processes: Callable[..., Process], redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    here, there = processes(), processes()
    assert there.hears(here, b"before")
    redis_server.stop()
    eventually(lambda: "cannot be heard" in caplog.text and "cannot be told" in caplog.text)
    for n in range(1000):
        here.feed.publish(b"%d" % n * 1000)
    redis_server.start()
    assert there.hears(here, b"after") and here.hears(there, b"after")
    eventually(lambda: here.feed.silence < feed.BEAT)
    mentioned = [r for r in caplog.records if r.name == feed.__name__]
    assert len(mentioned) <= 8 and all(
        r.levelno == logging.WARNING for r in mentioned
    )  # 2 processes, 2 ways, on and off


def test_a_message_that_cannot_be_used_does_not_end_the_listening(processes: Callable[..., Process]) -> None:
    here, there = processes(), processes()
    assert there.hears(here, b"poison") and there.hears(here, b"wholesome")


def test_what_waits_for_redis_is_bounded(tmp_path: Path) -> None:
    alone = RedisFeed("redis://127.0.0.1:1", "ours")
    for _ in range(1000):
        alone.publish(bytes(100_000))
    assert alone._waiting <= feed.BACKLOG
