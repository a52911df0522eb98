"""Splits and merges that are worth asking about, and none that are not."""

from __future__ import annotations

from subjects import notes_about, vectors_about
from verkstad.clustering.material import Material
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.suggestions import merges, splits
from verkstad.clustering.themes import Theme

ENCODER = SimpleEncoder()
SUBJECTS = [i % 3 for i in range(15)]


def material(themes: list[Theme], pinned: dict[str, str | None] | None = None) -> Material:
    return Material(notes_about(SUBJECTS), vectors_about(SUBJECTS), ENCODER, (), themes, pinned or {})


def about(*subjects: int) -> tuple[str, ...]:
    return tuple(f"n{i:03}" for i, subject in enumerate(SUBJECTS) if subject in subjects)


def test_a_large_theme_of_two_subjects_may_be_two() -> None:
    (split,) = splits(material([Theme("mixed", about(0, 1)), Theme("hall", about(2))]))
    assert split.theme == "mixed"
    assert set(split.notes) in (set(about(0)), set(about(1)))
    assert split.headline


def test_what_people_placed_does_not_leave() -> None:
    pinned: dict[str, str | None] = {"n000": "mixed", "n001": "mixed"}
    themes = [Theme("mixed", about(0, 1)), Theme("hall", about(2))]
    assert all(not set(split.notes) & set(pinned) for split in splits(material(themes, pinned)))


def test_two_themes_about_one_thing_may_be_one_and_the_named_stays() -> None:
    bus = about(0)
    themes = [Theme("a", bus[:3]), Theme("b", bus[3:], "Bussarna"), Theme("c", about(1)), Theme("d", about(2))]
    assert [(merge.theme, merge.into) for merge in merges(material(themes))] == [("a", "b")]


def test_themes_that_people_named_are_never_offered_for_merging() -> None:
    bus = about(0)
    themes = [Theme("a", bus[:3], "Turer"), Theme("b", bus[3:], "Bussarna"), Theme("c", about(1, 2))]
    assert list(merges(material(themes))) == []
