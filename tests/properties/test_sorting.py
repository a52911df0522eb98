"""What must hold of every sorting: each note has one place, the order of arrival is nothing, people's word stands."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from subjects import notes_about, vectors_about
from verkstad.clustering.encoder import Vectors
from verkstad.clustering.material import Material
from verkstad.clustering.placing import place_all
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.sorting import sort, sort_anew
from verkstad.clustering.themes import Note, Sorting, Theme

ENCODER = SimpleEncoder()
# Few texts for many notes, so that equal ones meet.
TEXTS = st.sampled_from(["Fler bussar", "fler bussar!", "Skolmat", "", "?", "Lokal", "أحتاج إلى عمل", "More buses"])
evenings = st.lists(st.tuples(st.integers(0, 6), st.none() | TEXTS, st.floats(0, 2)), max_size=40).map(
    lambda drawn: _evening([d[0] for d in drawn], [d[1] for d in drawn], [d[2] for d in drawn])
)
patiently = settings(deadline=None, max_examples=60)


def _evening(subjects: list[int], texts: list[str | None], spreads: list[float]) -> tuple[list[Note], Vectors]:
    notes = [
        Note(note.id, text if text is not None else note.text, note.group)
        for note, text in zip(notes_about(subjects), texts, strict=True)
    ]
    vectors = vectors_about(subjects, 0)
    for i, spread in enumerate(spreads):
        vectors[i] = vectors_about(subjects[: i + 1], spread)[i]
    # One text has one vector, whoever wrote it.
    first: dict[str, int] = {}
    for i, text in enumerate(texts):
        if text is not None:
            vectors[i] = vectors[first.setdefault(text.strip("!").lower(), i)]
    return notes, vectors


def told(sorting: Sorting) -> object:
    return sorting.themes, sorting.unplaced, sorting.uncertain, dict(sorting.second)


def each_once(sorting: Sorting, notes: list[Note]) -> bool:
    placed = [note for theme in sorting.themes for note in theme.notes] + list(sorting.unplaced)
    return sorted(placed) == sorted(note.id for note in notes)


@given(evenings)
@patiently
def test_every_note_has_exactly_one_place(evening: tuple[list[Note], Vectors]) -> None:
    notes, vectors = evening
    sorting = sort(Material(notes, vectors, ENCODER))
    assert each_once(sorting, notes)
    assert all(theme.notes for theme in sorting.themes)
    assert all(sorting.second[note] != sorting.places[note] is not None for note in sorting.second)


@given(evenings, st.randoms(use_true_random=False))
@patiently
def test_the_order_of_arrival_changes_nothing(evening: tuple[list[Note], Vectors], luck: Random) -> None:
    notes, vectors = evening
    order = list(range(len(notes)))
    luck.shuffle(order)
    shuffled = Material([notes[i] for i in order], vectors[order], ENCODER)
    assert told(sort(shuffled)) == told(sort(Material(notes, vectors, ENCODER)))


@given(evenings, st.data())
@patiently
def test_nothing_that_people_placed_or_named_is_moved_renamed_or_taken_away(
    evening: tuple[list[Note], Vectors], data: st.DataObject
) -> None:
    notes, vectors = evening
    themes = [Theme("a"), Theme("b", (), "Bussar"), Theme("c", (), "Maten")]
    places = st.sampled_from([None, "a", "b", "c"])
    pinned = {note.id: data.draw(places) for note in notes if data.draw(st.booleans())}
    themes = [Theme(theme.id, tuple(n for n in pinned if pinned[n] == theme.id), theme.name) for theme in themes]
    sorting = sort(Material(notes, vectors, ENCODER, (), themes, pinned))
    assert each_once(sorting, notes)
    assert {note: sorting.places[note] for note in pinned} == pinned
    assert {theme.id: theme.headline for theme in sorting.themes if theme.id in "bc"} == {"b": "Bussar", "c": "Maten"}


def themes_of(notes: list[Note], vectors: Vectors) -> list[Theme]:
    """Those of a first sorting, as they stand when more notes come."""
    return [Theme(theme.id, theme.notes) for theme in sort(Material(notes, vectors, ENCODER)).themes]


@given(evenings, st.integers(0, 40))
@patiently
def test_a_sorting_made_anew_keeps_together_most_of_what_is(evening: tuple[list[Note], Vectors], first: int) -> None:
    notes, vectors = evening
    themes = themes_of(notes[:first], vectors[:first])
    material = Material(notes, vectors, ENCODER, (), themes)
    late = sort_anew(material)
    assert each_once(late, notes)
    if len(material.rows) > 24:
        said = {material.ids([row])[0] for row in range(len(material.rows))}
        places = {note: theme.id for theme in themes for note in theme.notes if note in said}
        pairs = [pair for pair in combinations(places, 2) if places[pair[0]] == places[pair[1]]]
        assert sum(late.places[one] == late.places[other] is not None for one, other in pairs) >= 0.92 * len(pairs)


@given(evenings, st.integers(0, 40))
@patiently
def test_those_who_come_later_move_nobody(evening: tuple[list[Note], Vectors], first: int) -> None:
    notes, vectors = evening
    themes = themes_of(notes[:first], vectors[:first])
    late = place_all(notes, vectors, ENCODER, (), themes)
    assert each_once(late, notes)
    placed = {note: theme.id for theme in themes for note in theme.notes}
    assert {note: late.places[note] for note in placed} == placed


@given(evenings, st.integers(0, 40))
@patiently
def test_each_newcomer_is_placed_alike_alone_and_in_company(evening: tuple[list[Note], Vectors], first: int) -> None:
    notes, vectors = evening
    themes = themes_of(notes[:first], vectors[:first])
    late = place_all(notes, vectors, ENCODER, (), themes)
    if len(notes) > first:
        few = [*range(min(first, len(notes))), len(notes) - 1]
        alone = place_all([notes[i] for i in few], np.array(vectors[few]), ENCODER, (), themes)
        assert alone.places[notes[-1].id] == late.places[notes[-1].id]
