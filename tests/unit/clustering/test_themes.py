"""A preview of a new sorting is what would move."""

from __future__ import annotations

from verkstad.clustering.themes import Move, Sorting, SuggestedTheme, moves


def test_moves_are_the_difference_of_two_sortings() -> None:
    before = {"a": "t1", "b": "t1", "c": None, "gone": "t1"}
    after = Sorting((SuggestedTheme("t1", ("a",), "Ett"), SuggestedTheme("t2", ("c", "new"), "Två")), ("b",))
    assert moves(before, after) == (Move("b", "t1", None), Move("c", None, "t2"))
