"""Where budgets are counted when several processes must share them. Loaded only then: Redis' client is large."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import redis
from limits.storage import MemoryStorage, RedisStorage
from redis.backoff import NoBackoff
from redis.retry import Retry

from verkstad.logs import Trouble

PATIENCE = 1.0  # seconds that somebody at the door waits for Redis
AWAY = 10.0  # seconds before Redis, once away, is asked again

T = TypeVar("T")


class SharedCounters(RedisStorage):
    """Counters in Redis. While it is away each process counts by itself: nobody is shut out by that."""

    def __init__(self, redis_url: str) -> None:
        client = redis.Redis.from_url(
            redis_url,
            protocol=2,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 1),  # a connection that Redis has closed meanwhile
        )
        super().__init__(redis_url, connection_pool=client.connection_pool)
        self._own = MemoryStorage()
        self._away_until = 0.0
        self._trouble = Trouble(__name__, "Redis cannot be reached; each process counts failed tries by itself")

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        return self._ask(
            lambda: RedisStorage.incr(self, key, expiry, amount), lambda: self._own.incr(key, expiry, amount)
        )

    def get(self, key: str) -> int:
        return self._ask(lambda: RedisStorage.get(self, key), lambda: self._own.get(key))

    def get_expiry(self, key: str) -> float:
        return self._ask(lambda: RedisStorage.get_expiry(self, key), lambda: self._own.get_expiry(key))

    def _ask(self, shared: Callable[[], T], own: Callable[[], T]) -> T:
        if time.monotonic() >= self._away_until:
            try:
                answer = shared()
            except redis.RedisError as error:
                self._away_until = time.monotonic() + AWAY
                self._trouble.begins(error)
            else:
                self._trouble.ends()
                return answer
        return own()
