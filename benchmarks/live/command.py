"""`python -m benchmarks live [SCENARIO …] [--quick]`: our server and the reference, in turn, under the same load."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.live import bars, ceiling, machine, reference, report, scenarios, storm
from benchmarks.live.figures import Ceiling, Results, Return, Run
from benchmarks.live.hall import Hall
from benchmarks.live.scenarios import CEILING, FULL, QUICK, STORM, TWO, Pace, Scenario
from benchmarks.live.systems import OURS, REFERENCE, Ours, Reference, System, Two
from benchmarks.live.tally import Faults

_BOTH: dict[str, Callable[[Path], System]] = {REFERENCE: Reference, OURS: Ours}


def main(arguments: list[str]) -> int:
    """Run what is asked for; 1 when a figure misses what it must reach."""
    asked = _parser().parse_args(arguments)
    # Told to stop, we stop what we have started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    try:
        reference.install()
    except reference.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    with machine.prepared():
        return _run(asked)


def _run(asked: argparse.Namespace) -> int:
    pace = QUICK if asked.quick else FULL
    if asked.rounds:
        pace = replace(pace, rounds=asked.rounds)
    here = machine.describe()
    today = datetime.now(UTC).date().isoformat()
    results = Results(today, here) if asked.quick or asked.only else report.load(today, here)
    systems = {name: make for name, make in _BOTH.items() if asked.only in (None, name)}
    for scenario in [s for s in scenarios.ALL if not asked.scenarios or s.name in asked.scenarios]:
        _measure(scenario, pace, systems, results)
    verdicts = bars.judge(results)
    print(f"\n{report.table(verdicts)}\n\n{report.latencies(results)}")
    if not asked.quick and not asked.only:
        print(f"\nWritten to {report.save(results).relative_to(Path.cwd())}")
    return int(any(verdict.outcome == "missed" for verdict in verdicts))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks live", description=__doc__)
    names = [scenario.name for scenario in scenarios.ALL]
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"{', '.join(names)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="one short round, not kept; says little about tails")
    parser.add_argument("--rounds", type=int, help="how many times each is measured, in place of what is usual")
    parser.add_argument("--only", choices=_BOTH, help="one system alone; nothing is compared or kept")
    return parser


def _measure(scenario: Scenario, pace: Pace, systems: dict[str, Callable[[Path], System]], results: Results) -> None:
    """Both systems in turn, the other one first in every second round; what was known of the scenario is replaced."""
    if scenario is STORM:
        results.storm = []
    elif scenario is CEILING:
        results.ceiling = []
    else:
        results.steady[scenario.name] = []
    if scenario is TWO:  # the reference is one process, and so is not asked
        systems = {name: Two for name in systems if name == OURS}
    for number in range(pace.rounds if scenario not in (STORM, CEILING) else min(pace.rounds, 2)):
        for make in list(systems.values())[:: 1 if number % 2 == 0 else -1]:
            with _folders(make) as made:
                _one(scenario, pace, made, f"{scenario.name} {number}", results)


@contextmanager
def _folders(make: Callable[[Path], System]) -> Iterator[Callable[[], System]]:
    """Makes systems with an empty folder each, and afterwards ends what is still running and empties them."""
    with tempfile.TemporaryDirectory(prefix="verkstad-bench-") as folder:
        made: list[System] = []

        def new() -> System:
            made.append(make(Path(tempfile.mkdtemp(dir=folder))))
            return made[-1]

        try:
            yield new
        finally:
            for system in made:
                if system.pids:
                    system.stop()


def _one(scenario: Scenario, pace: Pace, make: Callable[[], System], seed: str, results: Results) -> None:
    if scenario is STORM:
        for how in (storm.KILLED, storm.CUT):
            result = asyncio.run(storm.storm(make(), how, seed))
            results.storm.append(result)
            _tell(
                f"{seed}, {how}", result, f"all know everything, p99 {result.converged.p99 / 1000:.1f} s", result.faults
            )
    elif scenario is CEILING:
        found = asyncio.run(ceiling.search(make, scenario.crew, pace, seed))
        results.ceiling.append(found)
        _tell(seed, found, f"{found.rate:.0f} notes/s", found.stored)
    else:
        run = asyncio.run(_steady(make(), scenario, pace, seed))
        results.steady[scenario.name].append(run)
        figures = f"ack {run.ack.p50}/{run.ack.p99} ms, visible {run.visible.p50}/{run.visible.p99} ms"
        _tell(seed, run, figures, run.faults)


async def _steady(system: System, scenario: Scenario, pace: Pace, seed: str) -> Run:
    hall = await Hall.filled(system, scenario.crew)
    run = await hall.play(scenario.rate, warm_up=pace.warm_up, seconds=pace.length(scenario.rate), seed=seed)
    run.faults += hall.close()
    return run


def _tell(what: str, result: Run | Return | Ceiling, figures: str, faults: Faults) -> None:
    remarks = [figures, str(faults), "noisy" if result.noisy else ""]
    print(f"{what:<20} {result.system:<9} {'; '.join(filter(None, remarks))}", file=sys.stderr, flush=True)
