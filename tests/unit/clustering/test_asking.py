"""Notes that ask something are found, and few others."""

from __future__ import annotations

from pathlib import Path

import pytest

from verkstad.clustering.asking import asks

LINES = [line for line in (Path(__file__).parent / "asking.txt").read_text().splitlines() if line[:2] in {"? ", "- "}]


def test_there_are_notes_of_both_kinds() -> None:
    asking = sum(line.startswith("?") for line in LINES)
    assert len(LINES) >= 60
    assert abs(asking - len(LINES) / 2) < len(LINES) / 10


def test_nearly_all_that_ask_are_found_and_few_others() -> None:
    asking = {line[2:] for line in LINES if line.startswith("?")}
    found = {line[2:] for line in LINES if asks(line[2:])}
    assert len(found & asking) >= 0.95 * len(asking), sorted(asking - found)
    assert len(found & asking) >= 0.8 * len(found), sorted(found - asking)


@pytest.mark.parametrize(
    "text", ["Läs mer: https://example.se/sok?q=hall&x=1", "Bra träff, eller hur?", "", "   ", "!!!", "När", "Hur"]
)
def test_a_sign_is_not_always_a_question(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize("text", ["?", "متى يفتح المسبح؟", "Maxay tahay?", "UNDRAR VEM SOM BESTÄMMER"])
def test_a_question_in_any_script_or_case(text: str) -> None:
    assert asks(text)
