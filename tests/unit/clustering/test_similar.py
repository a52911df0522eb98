"""The same point said twice: told when nearly so, offered when alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from subjects import notes_about, vectors_about
from verkstad.clustering.similar import compare
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.themes import Note
from verkstad.domain.likeness import Like

ENCODER = SimpleEncoder()


def known(nearest: Mapping[str, Sequence[Like] | None]) -> dict[str, Sequence[Like]]:
    return {note: likes for note, likes in nearest.items() if likes is not None}


def test_equal_texts_are_one_and_near_ones_are_told_of_both() -> None:
    notes = [Note("b", "bussar nu"), Note("a", "Bussar nu!"), Note("c", "bussar nu tack"), Note("d", "skolmat")]
    found = compare(notes, vectors_about([0, 0, 0, 1], spread=0), ENCODER, {})
    assert found.nearest == {"a": (Like("c", 1.0, True),), "c": (Like("a", 1.0, True),), "d": ()}
    assert found.near == {"a": ("c",), "c": ("a",)}


def test_what_has_more_than_three_near_ones_is_told_of_those_that_have_it_among_their_three() -> None:
    notes = [Note(key, f"ord {key}") for key in "abcdef"]
    found = compare(notes, vectors_about([0] * 6, spread=0), ENCODER, {})
    assert [like.note for like in found.nearest["a"] or ()] == ["b", "c", "d"]
    assert found.near["a"] == ("b", "c", "d", "e", "f")
    assert found.near["f"] == ("a", "b", "c")


def test_one_more_note_changes_the_lists_that_it_is_best_enough_for_and_no_other() -> None:
    subjects = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    notes, vectors = notes_about(subjects), vectors_about(subjects)
    before = compare(notes[1:], vectors[1:], ENCODER, {})
    after = compare(notes, vectors, ENCODER, known(before.nearest))
    assert after.nearest.keys() > {"n000"}
    for note, likes in after.nearest.items():
        assert note == "n000" or "n000" in {like.note for like in likes or ()}
    assert not {"n005", "n006", "n007", "n008", "n009"} & after.nearest.keys()


def test_nothing_new_changes_nothing() -> None:
    subjects = [0, 0, 1, 1, 2]
    notes, vectors = notes_about(subjects), vectors_about(subjects)
    first_time = compare(notes, vectors, ENCODER, {})
    again = compare(notes, vectors, ENCODER, known(first_time.nearest))
    assert (again.nearest, again.near) == ({}, first_time.near)
    assert compare([], vectors[:0], ENCODER, {}) == ({}, {})
