"""What issue 3 asks of the figures: what they must reach, and what they aim at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Protocol, TypeVar

import msgspec
from benchmarks.live.figures import Ceiling, Results, Return, Run
from benchmarks.live.scenarios import CEILING, CITY, STORM, TWO
from benchmarks.live.systems import OURS, REFERENCE


class _Measured(Protocol):
    @property
    def system(self) -> str: ...
    @property
    def noisy(self) -> bool: ...


T = TypeVar("T", bound=_Measured)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One measure held against its bars: the figure itself, or its ratio to the reference's when there is one."""

    scenario: str
    measure: str
    ours: float
    unit: str
    reference: float | None = None
    as_ratio: bool = False
    must: float | None = None
    aim: float | None = None
    more_is_better: bool = False
    noisy: bool = False

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.reference else None

    @property
    def outcome(self) -> str:
        """``aim``, ``must``, ``missed``, or empty when nothing was asked or there is nothing to compare with."""
        value = self.ratio if self.as_ratio else self.ours
        if value is None or (self.must is None and self.aim is None):
            return ""
        if self.must is not None and not self._reaches(value, self.must):
            return "missed"
        if self.aim is not None and self._reaches(value, self.aim):
            return "aim"
        return "must" if self.must is not None else "short of aim"

    def _reaches(self, value: float, bar: float) -> bool:
        return value >= bar if self.more_is_better else value <= bar


def judge(results: Results) -> list[Verdict]:
    """Every figure that is shown, with its bars."""
    verdicts: list[Verdict] = []
    for name, runs in results.steady.items():
        verdicts += _steady(name, runs)
    if results.ceiling:
        verdicts += _ceiling(results.ceiling)
    for how in dict.fromkeys(run.how for run in results.storm):
        verdicts += _storm(how, [run for run in results.storm if run.how == how])
    return verdicts


def _steady(name: str, runs: list[Run]) -> list[Verdict]:
    found = [
        *_latencies(name, runs),
        _held(name, "server cores", "", runs, lambda r: r.server_cores),
        _held(name, "memory a connection", "kB", runs, _kilobytes_a_connection),
        _held(name, "CPU a connection", "ms", runs, lambda r: r.connect_cpu),
        _held(name, "faults", "", runs, lambda r: r.faults.total, 0.0, worst=True),
    ]
    return [verdict for verdict in found if verdict is not None]


def _latencies(name: str, runs: list[Run]) -> list[Verdict | None]:
    """What each evening is judged by, and the memory and processor time of the largest."""

    def visible_p99(run: Run) -> float:
        return run.visible.p99

    def visible_p95(run: Run) -> float:
        return run.visible.p95

    def cost(run: Run) -> float:
        return run.cpu_per_delivery

    def memory(run: Run) -> float:
        return run.memory_peak

    if name == CITY.name:
        return [
            _held(name, "visible p99", "ms", runs, visible_p99, 1.5, 1.0, as_ratio=True),
            _held(name, "ack p99", "ms", runs, lambda r: r.ack.p99, 1.5, 1.0, as_ratio=True),
            _held(name, "server CPU a delivery", "µs", runs, cost, 1.6, 1.1, as_ratio=True),
            _held(name, "memory at most", "MB", runs, memory, 150.0, 110.0),
        ]
    others = [
        _held(name, "ack p99", "ms", runs, lambda r: r.ack.p99),
        _held(name, "server CPU a delivery", "µs", runs, cost),
        _held(name, "memory at most", "MB", runs, memory),
    ]
    if name == TWO.name:
        return [_held(name, "visible p99", "ms", runs, visible_p99, 100.0, 50.0), *others]
    return [
        _held(name, "visible p95", "ms", runs, visible_p95, 25.0),
        _held(name, "visible p95, ratio", "ms", runs, visible_p95, None, 1.2, as_ratio=True),
        _held(name, "visible p99", "ms", runs, visible_p99),
        *others,
    ]


def _kilobytes_a_connection(run: Run) -> float:
    return (run.memory_connected - run.memory_at_rest) * 1000 / run.connections


def _ceiling(runs: list[Ceiling]) -> list[Verdict]:
    name = CEILING.name
    found = [
        _held(name, "notes a second", "", runs, lambda r: r.rate, 1.0, 2.0, as_ratio=True, more=True),
        _held(name, "server CPU a delivery there", "µs", runs, lambda r: r.passed.cpu_per_delivery if r.passed else 0),
        _held(name, "server cores there", "", runs, lambda r: r.passed.server_cores if r.passed else 0),
        _held(name, "driver cores there", "", runs, lambda r: r.passed.driver_cores if r.passed else 0),
        _held(name, "faults", "", runs, _faults_of_ceiling, 0.0, worst=True),
    ]
    return [verdict for verdict in found if verdict is not None]


def _faults_of_ceiling(run: Ceiling) -> float:
    """Whatever the rate, nothing may be lost or go astray; above the ceiling all of it may be late."""
    late = sum(step.faults.unanswered + step.faults.unseen for step in run.steps)
    return run.stored.total + sum(step.faults.total for step in run.steps) - late


def _storm(how: str, runs: list[Return]) -> list[Verdict]:
    name = f"{STORM.name}, {how}"
    found = [
        _held(name, "all know everything, p99", "ms", runs, lambda r: r.converged.p99, 30_000.0),
        _held(name, "ready again", "s", runs, lambda r: r.ready, 5.0),
        _held(name, "not returned", "", runs, lambda r: r.clients - r.returned, 0.0, worst=True),
        _held(name, "server cores", "", runs, lambda r: r.server_cores),
        _held(name, "CPU a connection", "ms", runs, lambda r: r.connect_cpu),
        _held(name, "faults", "", runs, lambda r: r.faults.total, 0.0, worst=True),
    ]
    return [verdict for verdict in found if verdict is not None]


def _held(
    scenario: str,
    measure: str,
    unit: str,
    runs: Sequence[T],
    figure: Callable[[T], float],
    must: float | None = None,
    aim: float | None = None,
    *,
    as_ratio: bool = False,
    more: bool = False,
    worst: bool = False,
) -> Verdict | None:
    ours = [run for run in runs if run.system == OURS]
    if not ours:
        return None
    theirs = [run for run in runs if run.system == REFERENCE]
    pick = _worst if worst else typical
    return Verdict(
        scenario=scenario,
        measure=measure,
        unit=unit,
        ours=pick(ours, figure),
        reference=pick(theirs, figure) if theirs else None,
        as_ratio=as_ratio,
        must=must,
        aim=aim,
        more_is_better=more,
        noisy=all(run.noisy for run in ours) or (bool(theirs) and all(run.noisy for run in theirs)),
    )


def typical(runs: Sequence[T], figure: Callable[[T], float]) -> float:
    """The median of the quiet runs; of all when none was quiet."""
    return median([figure(run) for run in runs if not run.noisy] or [figure(run) for run in runs])


def _worst(runs: Sequence[T], figure: Callable[[T], float]) -> float:
    return max(figure(run) for run in runs)
