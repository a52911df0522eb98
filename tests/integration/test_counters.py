"""Redis going away shuts nobody out, is told of once, and is noticed when it is over."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from running import eventually
from several import RedisServer
from verkstad.domain.errors import Busy
from verkstad.services import counters
from verkstad.services.budgets import Budget, limiter


def test_each_process_counts_by_itself_while_redis_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(counters, "AWAY", 0.1)
    redis = RedisServer(tmp_path)
    here, there = (Budget("codes", "2/minute", limiter(redis.url, enabled=True)) for _ in range(2))
    for _ in range(2):
        here.check()
        here.spend()
    with pytest.raises(Busy):
        here.check()
    there.check()
    assert [r.levelno for r in caplog.records] == [logging.WARNING] * 2  # one a process
    redis.start()
    eventually(lambda: _passes(here))
    for _ in range(2):
        here.spend()
    eventually(lambda: not _passes(there))
    redis.stop()


def _passes(budget: Budget) -> bool:
    try:
        budget.check()
    except Busy:
        return False
    return True


def test_a_socket_file_is_an_address_too(tmp_path: Path) -> None:
    budget = Budget("codes", "2/minute", limiter(f"unix://{tmp_path}/redis.sock", enabled=True))
    budget.check()
