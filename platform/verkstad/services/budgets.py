"""What may be tried, and how fast: never counted per address, for a hall shares one.

A `Budget` counts failures, such as wrong codes. A `Pace` counts work, such as notes, per caller.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from verkstad.domain.errors import N_, Busy

Clock = Callable[[], float]

TOO_FAST = "too_fast"  # the code of who goes faster than the live pace


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


class Pace:
    """A sustained rate with a burst, for each caller by itself, kept in this process.

    The library's own windows cost ten microseconds and more a look and go by the wall clock; at the live door both
    matter. Kept for each caller is the time when its burst will be whole again; when that is past, nothing.
    """

    def __init__(
        self, refusal: tuple[str, str], *, rate: float, burst: int, enabled: bool, clock: Clock = time.monotonic
    ) -> None:
        self._code, self._message = refusal
        self._each = 1 / rate
        self._ahead = burst / rate
        self._enabled = enabled
        self._clock = clock
        self._whole: dict[str, float] = {}
        self._sweep_at = clock() + self._ahead

    def take(self, caller: str, cost: int = 1) -> None:
        """Spend ``cost`` of the caller's burst, which it must not exceed.

        Raises:
            Busy: the caller is too fast; nothing is spent.
        """
        if not self._enabled:
            return
        now = self._clock()
        if now >= self._sweep_at:
            self._forget_idle(now)
        whole = max(self._whole.get(caller, now), now) + cost * self._each
        over = whole - now - self._ahead
        if over > 1e-6:  # seconds; less is rounding
            wait = ceil(over)
            raise Busy(self._code, self._message, retry_after=wait, seconds=wait)
        self._whole[caller] = whole

    def _forget_idle(self, now: float) -> None:
        self._sweep_at = now + self._ahead
        for caller, whole in list(self._whole.items()):
            if whole <= now:
                self._whole.pop(caller, None)


def live_pace(*, enabled: bool) -> Pace:
    """What one caller may do at the live door: an event costs one, and each mutation in it another.

    Somebody who writes fast does one thing a second, and a phone that comes back with two hundred notes sends them at
    once. Ten people at a desk, or a script at the studio, stay below it too.
    """
    message = N_("That was a great deal at once. It can be sent again in %(seconds)s seconds.")
    return Pace((TOO_FAST, message), rate=30, burst=300, enabled=enabled)


def seat_pace(*, enabled: bool) -> Pace:
    """How fast a workshop takes new seats, whoever asks.

    A thousand people may scan at the same moment, and half of them twice. A script that has the code can fill the
    burst, and afterwards add too few to slow anybody's notes down.
    """
    message = N_("Very many are sitting down just now. Try again in %(seconds)s seconds.")
    return Pace(("too_many_seats", message), rate=10, burst=1500, enabled=enabled)


def limiter(redis_url: str | None, *, enabled: bool) -> FixedWindowRateLimiter | None:
    """The counters: in memory, or in Redis when several processes must share them; None when limits are off."""
    if not enabled:
        return None
    if redis_url is None:
        return FixedWindowRateLimiter(MemoryStorage())
    from verkstad.services.counters import SharedCounters

    return FixedWindowRateLimiter(SharedCounters(redis_url))
