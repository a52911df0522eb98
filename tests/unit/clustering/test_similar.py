"""The same point said twice: stacked when equal, told when nearly so, offered when alike."""

from __future__ import annotations

from subjects import notes_about, vectors_about
from verkstad.clustering.material import Material
from verkstad.clustering.similar import most_alike, near_pairs, stacks
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.themes import Note

ENCODER = SimpleEncoder()


def test_equal_texts_are_a_stack_with_everyone_in_it() -> None:
    notes = [Note("b", "Fler bussar!", "g1"), Note("a", "fler  bussar", "g2"), Note("c", "Bussar", "g1")]
    assert stacks(notes) == [("a", "b")]


def test_near_pairs_are_told_once_and_equal_ones_not_at_all() -> None:
    notes = [Note("a", "bussar nu"), Note("b", "Bussar nu!"), Note("c", "bussar nu tack"), Note("d", "skolmat")]
    vectors = vectors_about([0, 0, 0, 1], spread=0)
    assert sorted(near_pairs(notes, vectors, ENCODER)) == [("a", "c"), ("b", "c")]


def test_three_are_offered_best_first_and_none_that_is_there_already() -> None:
    subjects = [0, 0, 0, 0, 0, 1, 1, 2]
    notes = notes_about(subjects)
    material = Material(notes, vectors_about(subjects), ENCODER)
    assert set(most_alike(material, "n000")) < {"n001", "n002", "n003", "n004"}
    assert set(most_alike(material, "n000", without=["n001", "n002"])) >= {"n003", "n004"}


def test_a_note_alone_is_like_no_other() -> None:
    assert most_alike(Material(notes_about([0]), vectors_about([0]), ENCODER), "n000") == []
