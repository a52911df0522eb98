"""One note more goes where it fits, and moves nobody."""

from __future__ import annotations

from subjects import WIDTH, notes_about, vectors_about
from verkstad.clustering.material import Material
from verkstad.clustering.placing import Placer, place_all
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.themes import Note, Placement, Theme

ENCODER = SimpleEncoder()
SUBJECTS = [i % 3 for i in range(30)]
THEMES = [
    Theme(name, tuple(f"n{i:03}" for i, subject in enumerate(SUBJECTS[:24]) if subject == number))
    for number, name in enumerate(("bus", "school", "hall"))
]


def placer(themes: list[Theme]) -> Placer:
    return Placer(Material(notes_about(SUBJECTS[:24]), vectors_about(SUBJECTS[:24]), ENCODER, (), themes))


def test_newcomers_go_to_their_subject() -> None:
    found = placer(THEMES).place(notes_about(SUBJECTS)[24:], vectors_about(SUBJECTS)[24:])
    assert [placement.theme for placement in found] == ["bus", "school", "hall"] * 2
    assert not any(placement.uncertain for placement in found)


def test_what_is_said_already_goes_where_it_was_put() -> None:
    text = notes_about(SUBJECTS)[0].text.upper() + "!"
    assert placer(THEMES).place([Note("new", text)], vectors_about([2])) == [Placement("new", "bus")]


def test_what_is_about_something_else_fits_nowhere() -> None:
    assert placer(THEMES).place([Note("new", "annat")], vectors_about([WIDTH - 1]))[0].theme is None


def test_a_note_of_signs_fits_nowhere() -> None:
    assert placer(THEMES).place([Note("new", "?!")], vectors_about([0]))[0].theme is None


def test_without_themes_nothing_has_a_place() -> None:
    assert placer([]).place([Note("new", "buss")], vectors_about([0])) == [Placement("new", None)]
    assert placer([Theme("empty", (), "Tomt")]).place([Note("new", "buss")], vectors_about([0]))[0].theme is None
    nothing = Placer(Material([], vectors_about([]), ENCODER))
    assert nothing.place([Note("new", "buss")], vectors_about([0]))[0].theme is None


def test_a_newcomer_between_two_themes_is_uncertain() -> None:
    vectors = vectors_about([0, 1], spread=0)
    found = placer(THEMES).place([Note("new", "både och")], vectors[:1] + vectors[1:])
    assert found[0].uncertain
    assert {found[0].theme, found[0].second} == {"bus", "school"}


def test_placing_all_keeps_every_place_there_was() -> None:
    notes, vectors = notes_about(SUBJECTS), vectors_about(SUBJECTS)
    sorting = place_all(notes, vectors, ENCODER, (), THEMES)
    assert all(sorting.places[note] == theme.id for theme in THEMES for note in theme.notes)
    assert [sorting.places[note.id] for note in notes[24:]] == ["bus", "school", "hall"] * 2
