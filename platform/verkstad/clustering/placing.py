"""One note more among themes that are there, without moving any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
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
    """Where an evening's notes lie. Kept while more come in: each is located once, and nobody moves for it."""

    def __init__(self, material: Material) -> None:
        self._space = material.space
        self._points = dict(zip(map(plain, material.texts), material.points, strict=True))

    def place(
        self, notes: Sequence[Note], vectors: Vectors, themes: Sequence[Theme], newcomers: Collection[str]
    ) -> list[Placement]:
        """Where each newcomer among the notes fits best, with the themes as they are."""
        said = {note.id: plain(note.text) for note in notes}
        self._locate(notes, said, vectors)
        ordered = sorted(themes, key=lambda theme: theme.id)
        placed = {said[note]: n for n, theme in reversed([*enumerate(ordered)]) for note in theme.notes if note in said}
        among = _Among([theme.id for theme in ordered], placed, self._points)
        return [among.place(note, self._points[said[note.id]]) for note in notes if note.id in newcomers]

    def _locate(self, notes: Sequence[Note], said: Mapping[str, str], vectors: Vectors) -> None:
        new = {said[note.id]: i for i, note in enumerate(notes) if said[note.id] not in self._points}
        if new:
            rows = list(new.values())
            self._points |= zip(new, self._space.locate([notes[i].text for i in rows], vectors[rows]), strict=True)


class _Among:
    """Themes, and where what is in them lies: equal texts once, and then in the first."""

    def __init__(self, ids: Sequence[str], placed: Mapping[str, int], points: Mapping[str, Vectors]) -> None:
        self._ids, self._placed = ids, placed
        texts = sorted(placed)
        self._theme_of = [placed[text] for text in texts]
        self._points = np.array([points[text] for text in texts], np.float32)
        groups: list[list[int]] = [[] for _ in ids]
        for row, number in enumerate(self._theme_of):
            groups[number].append(row)
        self._middles = fit.middles(self._points, groups) if texts else self._points

    def place(self, note: Note, point: Vectors) -> Placement:
        text = plain(note.text)
        if text in self._placed:
            return Placement(note.id, self._ids[self._placed[text]])
        if not self._placed or not words(note.text):
            return Placement(note.id, None)
        likeness = self._middles @ point
        if likeness.max() < fit.NOWHERE:
            return Placement(note.id, None)
        who, _ = nearest(point[None], self._points, _NEIGHBOURS)
        near = Counter(self._theme_of[i] for i in who[0])
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
    placer = Placer(Material([notes[i] for i in old], vectors[old], encoder, concepts, themes))
    found = placer.place(notes, vectors, themes, {note.id for note in notes} - inside)
    pinned: dict[str, str | None] = {note: theme.id for theme in themes for note in theme.notes}
    pinned |= {placement.note: placement.theme for placement in found}
    material = Material(notes, vectors, encoder, concepts, themes, pinned)
    groups: dict[str, list[int]] = {theme.id: [] for theme in material.themes}
    for row, theme in material.pins.items():
        if theme is not None:
            groups[theme].append(row)
    unsure = frozenset(placement.note for placement in found if placement.uncertain)
    return replace(describe(material, groups), uncertain=unsure)
