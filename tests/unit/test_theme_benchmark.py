"""What the themes' benchmark counts: agreement with people, pairs that stay together, and a secretary's gestures."""

from __future__ import annotations

import pytest
from benchmarks.themes.command import main
from benchmarks.themes.gestures import after_gestures
from benchmarks.themes.gold import OFF_TOPIC, Gold, agreement, kept

from subjects import notes_about, vectors_about
from verkstad.clustering.material import Material
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.themes import Sorting, SuggestedTheme

SUBJECTS = [i % 3 for i in range(18)]
GOLD = [
    Gold(note.id, note.text, f"about {subject}") for note, subject in zip(notes_about(SUBJECTS), SUBJECTS, strict=True)
]


def places(*themes: int | None) -> dict[str, str | None]:
    return {note.id: None if theme is None else str(theme) for note, theme in zip(GOLD, themes, strict=True)}


def test_agreement_is_one_for_the_same_sorting_and_nothing_for_chance() -> None:
    assert agreement(GOLD, places(*SUBJECTS)) == pytest.approx(1)
    assert agreement(GOLD, places(*(i // 6 for i in range(18)))) == pytest.approx(0, abs=0.2)
    assert agreement(GOLD, places(*[None] * 18)) == pytest.approx(0)


def test_what_is_off_the_topic_does_not_count() -> None:
    astray = [*GOLD, Gold("x", "?", OFF_TOPIC)]
    assert agreement(astray, {**places(*SUBJECTS), "x": "0"}) == pytest.approx(1)


def test_pairs_are_kept_when_their_theme_moves_as_one() -> None:
    before = {"a": "1", "b": "1", "c": "2", "d": None}
    assert kept(before, {"a": "9", "b": "9", "c": "9", "d": "9"}) == 1
    assert kept(before, {"a": "1", "b": "2", "c": "2", "d": None}) == 0
    assert kept(before, {"a": None, "b": None, "c": "2", "d": None}) == 0


def test_gestures_bring_a_sorting_nearer() -> None:
    ids = [note.id for note in GOLD]
    one = Sorting((SuggestedTheme("t1", tuple(ids[:9]), "Ett"), SuggestedTheme("t2", tuple(ids[9:]), "Två")))
    material = Material(notes_about(SUBJECTS), vectors_about(SUBJECTS), SimpleEncoder())
    some = agreement(GOLD, after_gestures(GOLD, material, one, 3, seed=0))
    many = agreement(GOLD, after_gestures(GOLD, material, one, 20, seed=0))
    assert agreement(GOLD, one.places) < some < many


def test_without_sorted_notes_it_says_where_to_name_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere"]) == 2
    assert "GOLD=FOLDER" in capsys.readouterr().out
