"""One note more among themes that are there, without moving any; and what to suggest when they no longer suit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from verkstad.clustering import fit
from verkstad.clustering.arithmetic import nearest
from verkstad.clustering.concepts import Concept
from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.clustering.material import Material
from verkstad.clustering.sorting import describe
from verkstad.clustering.text import plain, words
from verkstad.clustering.themes import Note, Placement, Sorting, Theme

_NEIGHBOURS = 8


class Placer:
    """The themes of an evening as they are, ready for newcomers."""

    def __init__(self, material: Material) -> None:
        self._ids = [theme.id for theme in material.themes]
        groups = material.groups()
        self._theme_of = {row: number for number, rows in enumerate(groups) for row in rows}
        self._placed = sorted(self._theme_of)
        self._points = material.points[self._placed]
        self._middles = fit.middles(material.points, groups)
        self._space = material.space
        self._said = {plain(material.texts[row]): self._theme_of[row] for row in reversed(self._placed)}

    def place(self, notes: Sequence[Note], vectors: Vectors) -> list[Placement]:
        """Where each newcomer fits best."""
        points = self._space.locate([note.text for note in notes], vectors)
        who, _ = nearest(points, self._points, _NEIGHBOURS)
        likeness = points @ self._middles.T
        return [self._place(note, *found) for note, *found in zip(notes, likeness, who, strict=True)]

    def _place(self, note: Note, likeness: Vectors, neighbours: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Placement:
        if plain(note.text) in self._said:
            return Placement(note.id, self._ids[self._said[plain(note.text)]])
        if not self._ids or not words(note.text) or likeness.max() < fit.NOWHERE:
            return Placement(note.id, None)
        near = Counter(self._theme_of[self._placed[i]] for i in neighbours)
        scores = likeness + np.array([near[i] / _NEIGHBOURS for i in range(len(self._ids))])
        best, *rest = np.argsort(-scores, kind="stable")
        margin = likeness[best] - likeness[rest[0]] if rest else 1.0
        second = rest and margin < fit.SECOND and likeness[rest[0]] >= fit.NOWHERE
        return Placement(
            note.id,
            self._ids[best],
            uncertain=bool(margin < fit.UNCERTAIN),
            second=self._ids[rest[0]] if second else None,
        )


def place_all(
    notes: Sequence[Note], vectors: Vectors, encoder: Encoder, concepts: Sequence[Concept], themes: Sequence[Theme]
) -> Sorting:
    """The sorting when the notes that have no theme yet are placed among the others, and nothing else changes."""
    inside = {note for theme in themes for note in theme.notes}
    old = [i for i, note in enumerate(notes) if note.id in inside]
    new = [i for i, note in enumerate(notes) if note.id not in inside]
    placer = Placer(Material([notes[i] for i in old], vectors[old], encoder, concepts, themes))
    found = placer.place([notes[i] for i in new], vectors[new])
    pinned: dict[str, str | None] = {note: theme.id for theme in themes for note in theme.notes}
    pinned |= {placement.note: placement.theme for placement in found}
    material = Material(notes, vectors, encoder, concepts, themes, pinned)
    groups: dict[str, list[int]] = {theme.id: [] for theme in material.themes}
    for row, theme in material.pins.items():
        if theme is not None:
            groups[theme].append(row)
    unsure = frozenset(placement.note for placement in found if placement.uncertain)
    return replace(describe(material, groups), uncertain=unsure)
