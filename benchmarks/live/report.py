"""The figures as tables for people, and as a file that next year's can be compared with."""

from __future__ import annotations

from pathlib import Path

import msgspec
from benchmarks.live.bars import Verdict, judge
from benchmarks.live.figures import Results

_FOLDER = Path(__file__).resolve().parent.parent / "results"
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


def load(date: str, machine: dict[str, str | int]) -> Results:
    """What has been measured today on this machine; empty when nothing has."""
    file = _FOLDER / f"{date}.json"
    if file.exists():
        earlier = msgspec.json.decode(file.read_bytes(), type=Results)
        if earlier.machine == machine:
            return earlier
    return Results(date, machine)


def save(results: Results) -> Path:
    """Write the figures and their table; the table's file."""
    _FOLDER.mkdir(exist_ok=True)
    data = msgspec.json.format(msgspec.json.encode(results), indent=1)
    (_FOLDER / f"{results.date}.json").write_bytes(data + b"\n")
    said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in results.machine.items())
    page = _FOLDER / f"{results.date}.md"
    page.write_text(f"# {results.date}\n\n{said}\n\n{table(judge(results))}\n")
    return page
