"""Sortings of ordinary and of odd evenings: themes that say something, and nobody overruled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from subjects import notes_about, vectors_about
from verkstad.clustering.concepts import shipped
from verkstad.clustering.encoder import best_encoder
from verkstad.clustering.material import Material
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.sorting import FEWEST, sort, theme_count
from verkstad.clustering.themes import Note, Sorting, Theme

ENCODER = SimpleEncoder()
SUBJECTS = [i % 6 for i in range(36)]


def sorted_texts(texts: Sequence[str]) -> Sorting:
    """A sorting by the best encoder there is."""
    encoder = best_encoder()
    notes = [Note(f"n{i}", text, f"g{i % 3}") for i, text in enumerate(texts)]
    return sort(Material(notes, encoder.embed(texts), encoder, shipped()))


def made_of(sorting: Sorting) -> list[set[int]]:
    """The subjects in each theme of made-up notes."""
    return [{SUBJECTS[int(note[1:])] for note in theme.notes} for theme in sorting.themes]


def test_notes_about_one_subject_are_one_theme() -> None:
    sorting = sort(Material(notes_about(SUBJECTS), vectors_about(SUBJECTS), ENCODER))
    assert all(len(subjects) == 1 for subjects in made_of(sorting))
    assert sorting.unplaced == ()


def test_the_number_of_themes_grows_slowly() -> None:
    assert [theme_count(n) for n in (12, 76, 300, 2000)] == [3, 9, 17, 30]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["Fler bussar"],
        ["Fler bussar", "Bättre mat i skolan"],
        ["Fler bussar", "Bättre mat", "?", "", "🚌"],
        ["samma sak"] * 40,
        ["?"] * 20,
        ["a", "b"] * 10,
        [f"{i}" for i in range(30)],
        ["أحتاج إلى عمل", "Waxaan u baahanahay shaqo", "Tarvitsemme bussin", "More buses please", "Fler bussar"] * 4,
        ["Nu " + "mycket " * 140] * 3 + ["x"] * 12,
    ],
)
def test_any_notes_are_sorted_each_once_under_headlines_of_their_own(texts: list[str]) -> None:
    sorting = sorted_texts(texts)
    assert sorted(sorting.places) == sorted(f"n{i}" for i in range(len(texts)))
    assert sum(len(theme.notes) for theme in sorting.themes) + len(sorting.unplaced) == len(texts)
    headlines = [theme.headline.casefold() for theme in sorting.themes]
    assert len(set(headlines)) == len(headlines)
    assert all(headlines)
    assert all(theme.quotation in theme.notes for theme in sorting.themes)


def test_a_few_notes_are_joined_only_when_they_say_one_thing() -> None:
    sorting = sorted_texts(["Vi saknar lokaler", "Skolmaten är kall", "Vi saknar lokaler!"])
    assert [theme.notes for theme in sorting.themes] == [("n0", "n2")]
    assert sorting.unplaced == ("n1",)


def test_what_says_nothing_is_not_placed() -> None:
    subjects = [i % 3 for i in range(FEWEST)]
    notes = [*notes_about(subjects), Note("odd", "???")]
    sorting = sort(Material(notes, vectors_about([*subjects, 0]), ENCODER))
    assert sorting.places["odd"] is None


def test_themes_are_ranked_by_groups_and_a_group_that_repeats_itself_gains_nothing() -> None:
    notes = [
        Note(note.id, note.text, "loud" if subject == 0 else note.group)
        for note, subject in zip(notes_about(SUBJECTS), SUBJECTS, strict=True)
    ]
    repeated = [Note(f"{note.id}x{i}", note.text, "loud") for note in notes if note.group == "loud" for i in range(10)]
    of = {note.id: SUBJECTS[int(note.id[1:4])] for note in [*notes, *repeated]}
    vectors = vectors_about(SUBJECTS)
    more = vectors[[int(note.id[1:4]) for note in repeated]]

    def ranks(sorting: Sorting) -> list[int]:
        return [of[theme.notes[0]] for theme in sorting.themes]

    quiet = sort(Material(notes, vectors, ENCODER))
    loud = sort(Material([*notes, *repeated], np.vstack([vectors, more]), ENCODER))
    assert ranks(loud) == ranks(quiet)
    assert ranks(quiet)[-1] == 0


def test_a_named_theme_keeps_its_name_and_id_and_is_not_taken_away() -> None:
    named = [Theme("a", ("n000", "n006"), "Kollektivtrafiken"), Theme("b", (), "Något nytt")]
    sorting = sort(Material(notes_about(SUBJECTS), vectors_about(SUBJECTS), ENCODER, (), named, {"n000": "a"}))
    themes = {theme.id: theme for theme in sorting.themes}
    assert (themes["a"].headline, themes["b"].headline) == ("Kollektivtrafiken", "Något nytt")
    assert sorting.places["n000"] == "a"
    assert themes["b"].notes == ()


def test_a_theme_that_is_found_again_keeps_its_id() -> None:
    notes, vectors = notes_about(SUBJECTS), vectors_about(SUBJECTS)
    first = sort(Material(notes[:35], vectors[:35], ENCODER))
    themes = [Theme(f"kept-{theme.id}", theme.notes) for theme in first.themes]
    again = sort(Material(notes, vectors, ENCODER, (), themes))
    ids = {note: theme.id for theme in themes for note in theme.notes}
    assert all(again.places[note] == theme for note, theme in ids.items())


def test_equal_notes_that_people_put_in_two_places_stay_in_both() -> None:
    subjects = [*SUBJECTS, 0, 0]
    notes = [*notes_about(SUBJECTS), Note("one", "samma text"), Note("other", "Samma text!")]
    themes = [Theme("a", ("one",)), Theme("b", ("other",))]
    pinned = {"one": "a", "other": "b", "n003": None}
    sorting = sort(Material(notes, vectors_about(subjects), ENCODER, (), themes, pinned))
    assert {note: sorting.places[note] for note in pinned} == pinned


def test_a_note_between_two_themes_is_uncertain_and_has_a_second() -> None:
    vectors = vectors_about([*SUBJECTS, 0], spread=0.1)
    between = vectors[0] + vectors[1]
    vectors[-1] = between / (between @ between) ** 0.5
    sorting = sort(Material([*notes_about(SUBJECTS), Note("both", "buss skola")], vectors, ENCODER))
    assert "both" in sorting.uncertain
    assert sorting.second["both"] != sorting.places["both"]
