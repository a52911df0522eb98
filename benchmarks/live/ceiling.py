"""The ladder: the highest rate of notes at which 99 of 100 are still visible within a quarter of a second."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable

from benchmarks.live.figures import Ceiling, Run
from benchmarks.live.hall import Hall
from benchmarks.live.plan import Crew
from benchmarks.live.scenarios import Pace
from benchmarks.live.systems import System

VISIBLE = 250.0  # ms
# Each rung is 15 % above the one before; five of them double.
LADDER = tuple(round(100 * 1.15**rung) for rung in range(45))
_START, _DOUBLE = 12, 5


async def climb(passes: Callable[[int], Awaitable[bool]]) -> int | None:
    """The highest rung that passes, given that those above a failing one fail too; None when the lowest fails."""
    low, high = -1, len(LADDER)
    rung = _START
    while high - low > 1:
        if await passes(rung):
            low = rung
        else:
            high = rung
        if high == len(LADDER):
            rung = min(low + _DOUBLE, high - 1)
        elif low == -1:
            rung = max(high - _DOUBLE, 0)
        else:
            rung = (low + high) // 2
    return low if low >= 0 else None


def _tell(step: Run) -> None:
    remarks = [f"{step.rate:6.0f} notes/s: visible p99 {step.visible.p99} ms", str(step.faults)]
    print(f"  {step.system:<9} {'; '.join(filter(None, remarks))}", file=sys.stderr, flush=True)


async def search(make: Callable[[], System], crew: Crew, pace: Pace, seed: str) -> Ceiling:
    """Climb with one system."""
    steps: list[Run] = []
    hall = await Hall.filled(make(), crew)

    async def passes(rung: int) -> bool:
        nonlocal hall
        for attempt in range(pace.tries):
            rate = LADDER[rung]
            step = await hall.play(rate, warm_up=1, seconds=pace.step, seed=f"{seed} {rate} {attempt}")
            steps.append(step)
            _tell(step)
            if step.visible.p99 < VISIBLE and step.visible.max and not step.faults.total:
                return True
            if not await hall.crowd.settled(30):  # what it could not bear must not be carried into the next step
                hall.close()
                hall = await Hall.filled(make(), crew)
        return False

    try:
        best = await climb(passes)
    finally:
        stored = hall.close()
    rate = 0 if best is None else LADDER[best]
    there = [step for step in steps if step.rate == rate]
    return Ceiling(system=hall.system.name, rate=rate, steps=steps, passed=there[-1] if there else None, stored=stored)
