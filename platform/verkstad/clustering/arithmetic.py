"""The little linear algebra that several modules share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verkstad.clustering.encoder import Vectors

# Rows compared at a time: memory grows with the number of notes, not with its square.
_BLOCK = 1024


def unit(rows: Vectors) -> Vectors:
    """Rows of length one; a row of nothing stays so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled


def nearest(rows: Vectors, among: Vectors, count: int, *, same: bool = False) -> tuple[NDArray[np.intp], Vectors]:
    """For each row the ``count`` most like it, best first, and how like; ``same`` leaves out the row itself."""
    count = min(count, len(among) - same)
    who = np.zeros((len(rows), count), np.intp)
    how = np.zeros((len(rows), count), np.float32)
    if not count:
        return who, how
    for start in range(0, len(rows), _BLOCK):
        likeness = rows[start : start + _BLOCK] @ among.T
        if same:
            own = np.arange(len(likeness))
            likeness[own, start + own] = -np.inf
        first = likeness.shape[1] - count
        best = np.argpartition(likeness, first, axis=1)[:, first:]
        order = np.argsort(-np.take_along_axis(likeness, best, 1), axis=1, kind="stable")
        best = np.take_along_axis(best, order, 1)
        who[start : start + _BLOCK] = best
        how[start : start + _BLOCK] = np.take_along_axis(likeness, best, 1)
    return who, how
