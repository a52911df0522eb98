"""The pace of a caller: a burst, then a rate, whatever the order of things; and nothing kept of who has gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verkstad.domain.errors import Busy
from verkstad.services.budgets import Pace, live_pace, seat_pace

RATE, BURST = 2.0, 10


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def make_pace(watch: Watch, *, enabled: bool = True) -> Pace:
    return Pace(("too_fast", "Wait %(seconds)s"), rate=RATE, burst=BURST, enabled=enabled, clock=watch)


def takes(pace: Pace, caller: str, cost: int = 1) -> bool:
    try:
        pace.take(caller, cost)
    except Busy:
        return False
    return True


def test_a_burst_is_taken_at_once_and_then_the_rate() -> None:
    watch = Watch()
    pace = make_pace(watch)
    assert [takes(pace, "anna") for _ in range(BURST + 1)] == [True] * BURST + [False]
    watch.now += 3
    assert [takes(pace, "anna") for _ in range(7)] == [True] * 6 + [False]


def test_one_caller_costs_another_nothing() -> None:
    pace = make_pace(Watch())
    while takes(pace, "anna"):
        pass
    assert takes(pace, "bo", BURST)


@given(st.lists(st.tuples(st.floats(0, 8), st.integers(1, BURST)), min_size=1, max_size=40))
def test_nobody_ever_gets_more_than_burst_and_rate_and_waiting_as_told_is_enough(
    steps: list[tuple[float, int]],
) -> None:
    watch = Watch()
    pace = make_pace(watch)
    began, taken = watch.now, 0
    for pause, cost in steps:
        watch.now += pause
        try:
            pace.take("anna", cost)
        except Busy as busy:
            watch.now += busy.retry_after
            pace.take("anna", cost)
        taken += cost
        assert taken <= BURST + RATE * (watch.now - began) + 1e-3


def test_a_refusal_costs_nothing_and_says_how_long_to_wait() -> None:
    watch = Watch()
    pace = make_pace(watch)
    pace.take("anna", BURST)
    for _ in range(5):
        with pytest.raises(Busy) as refused:
            pace.take("anna", 4)
        assert (refused.value.code, refused.value.retry_after) == ("too_fast", 2)
    watch.now += 2
    pace.take("anna", 4)


def test_who_has_been_quiet_is_forgotten_and_who_has_not_is_not() -> None:
    watch = Watch()
    pace = make_pace(watch)
    for n in range(1000):
        pace.take(f"phone {n}")
    watch.now += BURST / RATE - 0.1
    pace.take("anna", BURST)
    watch.now += 0.2
    assert not takes(pace, "anna", BURST)
    assert set(pace._whole) == {"anna"}


def test_with_limits_off_anything_goes() -> None:
    pace = make_pace(Watch(), enabled=False)
    assert all(takes(pace, "anna", BURST) for _ in range(50))


def test_a_phone_that_has_been_away_sends_all_it_has_at_once() -> None:
    pace = live_pace(enabled=True)
    for _ in range(4):  # two hundred notes, fifty a push
        pace.take("anna", 1 + 50)
    pace.take("anna")  # and its sync


def test_a_whole_hall_sits_down_at_once() -> None:
    pace = seat_pace(enabled=True)
    for _ in range(1000):
        pace.take("workshop")
