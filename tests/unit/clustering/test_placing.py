"""One note more goes where it fits, and moves nobody."""

from __future__ import annotations

import numpy as np

from subjects import WIDTH, notes_about, vectors_about
from verkstad.clustering.encoder import Vectors
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


def place(themes: list[Theme], vectors: Vectors, *newcomers: Note) -> list[Placement]:
    """Where newcomers go when 24 notes are here."""
    here, there = notes_about(SUBJECTS[:24]), vectors_about(SUBJECTS[:24])
    placer = Placer(Material(here, there, ENCODER))
    return placer.place([*here, *newcomers], np.vstack([there, vectors]), themes, {note.id for note in newcomers})


def test_newcomers_go_to_their_subject() -> None:
    found = place(THEMES, vectors_about(SUBJECTS)[24:], *notes_about(SUBJECTS)[24:])
    assert [placement.theme for placement in found] == ["bus", "school", "hall"] * 2
    assert not any(placement.uncertain for placement in found)


def test_what_is_said_already_goes_where_it_was_put() -> None:
    text = notes_about(SUBJECTS)[0].text.upper() + "!"
    assert place(THEMES, vectors_about([2]), Note("new", text)) == [Placement("new", "bus")]


def test_what_is_about_something_else_fits_nowhere() -> None:
    assert place(THEMES, vectors_about([WIDTH - 1]), Note("new", "annat"))[0].theme is None


def test_a_note_of_signs_fits_nowhere() -> None:
    assert place(THEMES, vectors_about([0]), Note("new", "?!"))[0].theme is None


def test_without_themes_nothing_has_a_place() -> None:
    assert place([], vectors_about([0]), Note("new", "buss")) == [Placement("new", None)]
    assert place([Theme("empty", (), "Tomt")], vectors_about([0]), Note("new", "buss"))[0].theme is None
    nothing = Placer(Material([], vectors_about([]), ENCODER))
    assert nothing.place([Note("new", "buss")], vectors_about([0]), [], {"new"})[0].theme is None


def test_who_came_between_is_near_the_next_and_has_moved_nobody() -> None:
    notes, vectors = notes_about(SUBJECTS), vectors_about(SUBJECTS)
    placer = Placer(Material(notes[:24], vectors[:24], ENCODER))
    first = placer.place(notes[:27], vectors[:27], THEMES, {note.id for note in notes[24:27]})
    bus, *others = THEMES
    grown = [Theme("bus", (*bus.notes, notes[24].id)), *others]
    later = placer.place(notes, vectors, grown, {note.id for note in notes[27:]})
    assert [placement.theme for placement in first + later] == ["bus", "school", "hall"] * 2
    same = Note("same", notes[24].text.upper())
    [again] = placer.place([*notes, same], np.vstack([vectors, vectors_about([2])]), grown, {"same"})
    assert again.theme == "bus"


def test_a_newcomer_between_two_themes_is_uncertain() -> None:
    vectors = vectors_about([0, 1], spread=0)
    found = place(THEMES, vectors[:1] + vectors[1:], Note("new", "både och"))
    assert found[0].uncertain
    assert {found[0].theme, found[0].second} == {"bus", "school"}


def test_placing_all_keeps_every_place_there_was() -> None:
    notes, vectors = notes_about(SUBJECTS), vectors_about(SUBJECTS)
    sorting = place_all(notes, vectors, ENCODER, (), THEMES)
    assert all(sorting.places[note] == theme.id for theme in THEMES for note in theme.notes)
    assert [sorting.places[note.id] for note in notes[24:]] == ["bus", "school", "hall"] * 2
