"""How well notes fit their theme, and which other they are near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verkstad.clustering.arithmetic import unit
from verkstad.clustering.encoder import Vectors

# Measured on the tuning sets, see docs/clustering.md. A fit is a cosine to the middle of a theme.
NOWHERE = 0.12
UNCERTAIN = 0.13
SECOND = 0.06


@dataclass(frozen=True, slots=True)
class Fit:
    """For each row the fit to its own theme without itself, and the best of the others."""

    own: Vectors
    other: NDArray[np.intp]
    others: Vectors

    @property
    def margin(self) -> Vectors:
        """How much nearer its own theme is."""
        margin: Vectors = self.own - self.others
        return margin


def middles(points: Vectors, groups: Sequence[Sequence[int]]) -> Vectors:
    """The middle of each group; an empty one is nowhere."""
    width = points.shape[1]
    means = [points[list(group)].mean(0) if len(group) else np.zeros(width) for group in groups]
    return unit(np.array(means, np.float32).reshape(len(groups), width))


def fit(points: Vectors, groups: Sequence[Sequence[int]]) -> Fit:
    """How the rows of disjoint groups fit; what is in none has nothing to compare with."""
    count = len(points)
    own, others, other = np.full(count, -1.0, np.float32), np.full(count, -1.0, np.float32), np.full(count, -1)
    likeness = points @ middles(points, groups).T
    for number, group in enumerate(groups):
        rows = list(group)
        total = points[rows].sum(0)
        own[rows] = (points[rows] * unit(total - points[rows])).sum(1) if len(rows) > 1 else 1
        likeness[rows, number] = -1
        if len(groups) > 1:
            other[rows] = likeness[rows].argmax(1)
            others[rows] = likeness[rows].max(1)
    return Fit(own, other, others)
