"""A space in which notes about the same subject lie near each other, whatever their language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verkstad.clustering.arithmetic import nearest, unit
from verkstad.clustering.encoder import Vectors
from verkstad.clustering.language import foreign
from verkstad.clustering.library import Library

# How much of a point is told by the metric and by the profile, where the concepts cover what the notes are about.
_METRIC, _PROFILE = 0.3, 0.3
# The mean likeness of notes to their best concept: from here the concepts count, and from there they count fully.
_COVERS_NOTHING, _COVERS_ALL = 0.28, 0.36
_NEIGHBOURS = 10
_CONCEPTS_KEPT = 12
_FLOOR = 0.6
_HUB = 0.5
# So few notes in other languages that their mean says more of them than of their language.
_FEW = 2
# The middle of the library weighs as much as so many notes: with few of them, their own says nothing.
_BEFORE = 3.0


class Space:
    """The space of one evening. Who comes later finds a place in it without moving anyone."""

    points: Vectors
    likeness: Vectors  # of each point to each concept, as a cosine

    def __init__(self, texts: Sequence[str], vectors: Vectors, library: Library | None = None) -> None:
        self._library = library
        abroad = foreign(texts)
        at_home = vectors[~abroad] if np.count_nonzero(~abroad) > 1 else vectors
        usual = library.mean if library is not None else np.zeros(vectors.shape[1], np.float32)
        weight = _BEFORE if library is not None else 1e-9
        self._mean = (at_home.sum(0) + usual * weight) / (len(at_home) + weight)
        apart = vectors[abroad] - self._mean
        self._foreign_mean = apart.sum(0) / (len(apart) + _FEW)
        centred = self._centre(vectors, abroad)
        if library is None or not len(vectors):
            self.points = centred
            return
        self.likeness = centred @ library.vectors.T
        best = self.likeness.max(1).mean()
        self._cover = float(np.clip((best - _COVERS_NOTHING) / (_COVERS_ALL - _COVERS_NOTHING), 0, 1))
        told = unit(centred @ library.metric)
        concepts = unit(library.vectors @ library.metric)
        self._concepts = unit(concepts - concepts.mean(0))
        # Each note leans half on its neighbours, twice over.
        self._told = [told]
        for _ in range(2):
            self._told.append(self._lean(self._told[-1], self._told[-1], same=True))
        scores = self._scores(self._told[-1])
        # Concepts that a whole evening is near to tell its notes apart the least.
        self._usual = scores.mean(0)
        self.points = self._join(centred, told, scores)
        self._usual_alone = self._scores(told).mean(0)

    def locate(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """Where newcomers lie among those who are here."""
        centred = self._centre(vectors, foreign(texts))
        if self._library is None or not len(self.points):
            return centred
        told = unit(centred @ self._library.metric)
        leaning = told
        for here in self._told[:-1]:
            leaning = self._lean(leaning, here)
        return self._join(centred, told, self._scores(leaning))

    def standing(self, rows: Sequence[int]) -> Vectors:
        """How much each concept stands out from the others for some points together, in standard deviations.

        What the whole evening is about stands out less: it is no word for a part of it.
        """
        assert self._library is not None
        together = unit(self._told[0][list(rows)].mean(0, keepdims=True))
        standing: Vectors = (self._scores(together)[0] - _HUB * self._usual_alone) * self._library.boosts
        return standing

    def _centre(self, vectors: Vectors, abroad: NDArray[np.bool_]) -> Vectors:
        moved = vectors - self._mean
        moved[abroad] -= self._foreign_mean
        return unit(moved)

    def _lean(self, rows: Vectors, here: Vectors, *, same: bool = False) -> Vectors:
        who, _ = nearest(rows, here, _NEIGHBOURS, same=same)
        return unit((rows + here[who].mean(1)) / 2) if who.shape[1] else rows

    def _scores(self, rows: Vectors) -> Vectors:
        """How much more than other concepts each concept is like each row."""
        likeness = rows @ self._concepts.T
        scores: Vectors = (likeness - likeness.mean(1, keepdims=True)) / (likeness.std(1, keepdims=True) + 1e-9)
        return scores

    def _join(self, centred: Vectors, told: Vectors, scores: Vectors) -> Vectors:
        assert self._library is not None
        profile = (scores - _HUB * self._usual) * self._library.boosts
        kept = min(_CONCEPTS_KEPT, profile.shape[1])
        last = -np.partition(-profile, kept - 1, axis=1)[:, kept - 1 : kept]
        profile = np.where(profile >= last, np.maximum(profile - _FLOOR * last, 0), 0)
        metric, shape = _METRIC * self._cover, _PROFILE * self._cover
        parts = (
            np.sqrt(1 - metric - shape) * centred,
            np.sqrt(metric) * told,
            np.sqrt(shape) * unit(profile.astype(np.float32)),
        )
        return np.hstack(parts).astype(np.float32)
