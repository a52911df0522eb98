"""Notes about made-up subjects, with vectors that are near each other when the subject is one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verkstad.clustering.encoder import Vectors
from verkstad.clustering.themes import Note

WIDTH = 32
_WORDS = ("buss", "skola", "lokal", "park", "bidrag", "språk", "hyra", "kultur", "vård", "idrott")


def notes_about(subjects: Sequence[int], group: str | None = None) -> list[Note]:
    """A note for each subject in turn, all different."""
    return [
        Note(f"n{i:03}", f"{_WORDS[subject % len(_WORDS)]} nummer {i}", group or f"g{i % 4}")
        for i, subject in enumerate(subjects)
    ]


def vectors_about(subjects: Sequence[int], spread: float = 0.25) -> Vectors:
    """Where those notes lie: round the axis of their subject, each with an offset of its own."""
    rows = np.zeros((len(subjects), WIDTH), np.float32)
    for i, subject in enumerate(subjects):
        rows[i] = np.random.default_rng(i).normal(size=WIDTH) * spread / np.sqrt(WIDTH)
        rows[i, subject % WIDTH] += 1
    lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / lengths
