"""The benchmark's own judgement: what went wrong in a run is counted, and the ladder ends at the right rung."""

from __future__ import annotations

import pytest
from benchmarks.live.ceiling import LADDER, climb
from benchmarks.live.crowd import ALTERED, UNKNOWN, Crowd
from benchmarks.live.plan import Crew, PlannedNote
from benchmarks.live.systems import Tokens
from benchmarks.live.tally import Faults, Spread, ack_delays, compare_stored, read_record

from running import run_apart

BOARD, SCREEN = 4, 5


def note(name: str, phone: int, due: float) -> PlannedNote:
    return PlannedNote(name, f"text of {name}", phone, due, True, b"")


@pytest.fixture
def crowd() -> Crowd:
    """Four phones at two tables, a board and a projector; two notes of the first table, both acked after 10 ms."""
    crew = Crew(phones=4, groups=2, boards=1)
    crowd = Crowd("", crew, Tokens(["a", "b", "c", "d"], "board", "screen"))
    crowd.notes = [note("n0", 0, 1.0), note("n1", 2, 2.0)]
    crowd.acked_at = {"n0": 101.01, "n1": 102.01}
    return crowd


def shown(*who: int, place: int, at: float, asked: bool = False) -> list[tuple[float, int, tuple[int, ...], bool]]:
    return [(at, member, (place,), asked) for member in who]


def test_a_run_without_faults_gives_each_reader_s_delay_from_when_the_note_was_due(crowd: Crowd) -> None:
    crowd.record = shown(0, 2, BOARD, place=0, at=101.02) + shown(0, 2, BOARD, place=1, at=102.04)
    delays, faults = read_record(crowd, 100.0)
    assert [round(delay, 3) for delay in delays] == [0.02, 0.02, 0.04, 0.04]
    assert [round(delay, 3) for delay in ack_delays(crowd, 100.0)] == [0.01, 0.01]
    assert faults == Faults() and not faults.total


def test_what_goes_wrong_is_counted_by_kind(crowd: Crowd) -> None:
    crowd.record = (
        shown(2, 2, place=0, at=101.1)  # twice to the same, and never to the board
        + shown(1, SCREEN, place=0, at=101.1)  # another table, and the projector
        + shown(BOARD, place=ALTERED, at=101.1)
        + shown(BOARD, place=UNKNOWN, at=101.1)
        + shown(0, place=1, at=102.1)
    )
    del crowd.acked_at["n1"]
    crowd.rejected["n9"] = "malformed"
    _, faults = read_record(crowd, 100.0)
    assert faults == Faults(refused=1, unanswered=1, unseen=1, repeated=1, stray=2, altered=1, phantom=1)


def test_an_answer_to_a_question_may_repeat_what_a_message_told(crowd: Crowd) -> None:
    crowd.record = (
        shown(2, BOARD, place=0, at=101.1)
        + shown(2, place=0, at=101.2, asked=True)
        + shown(0, BOARD, place=1, at=102.1, asked=True)
        + shown(BOARD, place=1, at=102.2)
    )
    assert read_record(crowd, 100.0)[1] == Faults()


def test_the_database_is_held_against_what_was_acked(crowd: Crowd) -> None:
    assert compare_stored(crowd, {"n0": "text of n0", "n1": "text of n1"}) == Faults()
    assert compare_stored(crowd, {"n0": "text of n0", "n1": "other"}).lost == 1
    assert compare_stored(crowd, {"n0": "text of n0"}).lost == 1
    assert compare_stored(crowd, {"n0": "text of n0", "n1": "text of n1", "x": "text of n1"}) == Faults(
        phantom=1, doubled=1
    )


@pytest.mark.parametrize("highest", [None, 0, 3, 11, 12, 13, 30, len(LADDER) - 1])
def test_the_climb_ends_at_the_highest_rung_that_passes(highest: int | None) -> None:
    async def passes(rung: int) -> bool:
        return highest is not None and rung <= highest

    assert run_apart(climb(passes)) == highest


def test_a_spread_is_in_milliseconds() -> None:
    assert Spread.of([number / 1000 for number in range(101)]) == Spread(50, 95, 99, 100)
