"""The figures as tables for people, and as a file that next year's can be compared with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from benchmarks.live.bars import Verdict, judge, typical
from benchmarks.live.figures import Results, Run
from benchmarks.live.tally import Spread

_FOLDER = Path(__file__).resolve().parent.parent / "results"
_DOCS = _FOLDER.parent.parent / "docs" / "performance.md"
_FROM, _TO = "<!-- written by make bench -->", "<!-- until here -->"
_MARKS = {"missed": "**missed**", "aim": "aim reached", "must": "must reached", "short of aim": "short of aim", "": ""}


def table(verdicts: list[Verdict]) -> str:
    """Markdown. ``~`` marks what was only measured while others used the machine."""
    lines = [
        "| scenario | measure | verkstad | node | ratio | must | aim | |",
        "|---|---|--:|--:|--:|--:|--:|---|",
    ]
    for v in verdicts:
        ratio = "" if v.ratio is None else f"{v.ratio:.2f} ×"
        noise = " ~" if v.noisy else ""
        bars = [_bar(bar, v) for bar in (v.must, v.aim)]
        cells = [v.scenario, v.measure, _figure(v.ours, v.unit) + noise, _figure(v.reference, v.unit), ratio, *bars]
        lines.append(f"| {' | '.join(cells)} | {_MARKS[v.outcome]} |")
    return "\n".join(lines)


def latencies(results: Results) -> str:
    """Markdown: every scenario's spreads, medians of its runs."""
    lines = [
        "| scenario | system | runs, quiet | ack p50 / p95 / p99 / max, ms | visible p50 / p95 / p99 / max, ms |",
        "|---|---|--:|--:|--:|",
    ]
    for name, runs in results.steady.items():
        for system in dict.fromkeys(run.system for run in runs):
            own = [run for run in runs if run.system == system]
            quiet = sum(not run.noisy for run in own)
            spreads = [_spread(own, lambda run: run.ack), _spread(own, lambda run: run.visible)]
            lines.append(f"| {name} | {system} | {len(own)}, {quiet} | {' | '.join(spreads)} |")
    return "\n".join(lines)


def _spread(runs: list[Run], of: Callable[[Run], Spread]) -> str:
    parts: list[Callable[[Spread], float]] = [lambda s: s.p50, lambda s: s.p95, lambda s: s.p99, lambda s: s.max]
    return " / ".join(f"{typical(runs, lambda run, part=part: part(of(run))):.1f}" for part in parts)  # type: ignore[misc]


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = 0 if value == int(value) or value >= 1000 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def _bar(bar: float | None, verdict: Verdict) -> str:
    if bar is None:
        return ""
    sign = "≥" if verdict.more_is_better else "≤"
    return f"{sign} {bar:g} ×" if verdict.as_ratio else f"{sign} {_figure(bar, verdict.unit)}"


def sizing(verdicts: list[Verdict]) -> str:
    """What a machine like this one holds, from the figures; empty until the whole of it has been measured."""
    ours = {(v.scenario, v.measure): v.ours for v in verdicts}
    try:
        memory, connection = ours["city", "memory at most"], ours["city", "memory a connection"]
        cores, most = ours["city", "server cores"], ours["ceiling", "notes a second"]
        back = max(ours["storm, killed", "all know everything, p99"], ours["storm, cut", "all know everything, p99"])
    except KeyError:
        return ""
    return (
        f"One server process held 1,000 phones that each wrote a note every ten seconds with {cores:.2f} of a core and "
        f"{memory:.0f} MB; {connection:.0f} kB of it for each connection. From 500 phones it took {most:,.0f} notes a "
        f"second before one note in a hundred needed more than a quarter of a second, {most / 50:.0f} times as fast as "
        f"500 people write who each send one every ten seconds. When 1,000 phones were cut off at once, 99 of 100 knew "
        f"everything again within {back / 1000:.0f} s, most of which is the pause that phones make so as not to come "
        "all at once."
    )


def load(date: str, machine: dict[str, str | int]) -> Results:
    """What has been measured today on this machine; empty when nothing has."""
    file = _FOLDER / f"{date}.json"
    if file.exists():
        earlier = msgspec.json.decode(file.read_bytes(), type=Results)
        if earlier.machine == machine:
            return earlier
    return Results(date, machine)


def save(results: Results) -> Path:
    """Write the figures and their table, in the documentation too when every scenario is there; the table's file."""
    _FOLDER.mkdir(exist_ok=True)
    data = msgspec.json.format(msgspec.json.encode(results), indent=1)
    (_FOLDER / f"{results.date}.json").write_bytes(data + b"\n")
    said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in results.machine.items())
    page = _FOLDER / f"{results.date}.md"
    verdicts = judge(results)
    figures = f"{results.date}: {said}.\n\n{table(verdicts)}\n\n{latencies(results)}\n"
    page.write_text(f"# {figures}")
    if summary := sizing(verdicts):
        before, _, rest = _DOCS.read_text().partition(_FROM)
        _DOCS.write_text(f"{before}{_FROM}\n\n{summary}\n\n{figures}\n{_TO}{rest.partition(_TO)[2]}")
    return page
