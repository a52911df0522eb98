"""Budgets for what may be tried: counted failures, never successes, and never per address (a hall shares one)."""

from __future__ import annotations

import time

from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from verkstad.domain.errors import N_, Busy


class Budget:
    """So many failures in so long a time, for one key or for the whole installation."""

    def __init__(self, name: str, rate: str, storage: FixedWindowRateLimiter | None) -> None:
        self._name = name
        self._rate: RateLimitItem = parse(rate)
        self._limiter = storage

    def check(self, key: str = "all") -> None:
        """Raises Busy ``too_many_guesses`` when the budget is spent."""
        if self._limiter is None or self._limiter.test(self._rate, self._name, key):
            return
        reset = self._limiter.get_window_stats(self._rate, self._name, key).reset_time
        wait = max(1, round(reset - time.time()))
        raise Busy(
            "too_many_guesses",
            N_("Too many tries just now. Wait %(seconds)s seconds, or scan the QR code."),
            retry_after=wait,
            seconds=wait,
        )

    def spend(self, key: str = "all") -> None:
        if self._limiter is not None:
            self._limiter.hit(self._rate, self._name, key)


def limiter(redis_url: str | None, *, enabled: bool) -> FixedWindowRateLimiter | None:
    """The counters: in memory, or in Redis when several processes must share them; None when limits are off."""
    if not enabled:
        return None
    return FixedWindowRateLimiter(storage_from_string(redis_url or "memory://"))
