"""The same point said twice: equal texts, nearly the same, and the most alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from verkstad.clustering.arithmetic import nearest
from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.clustering.material import Material
from verkstad.clustering.text import plain
from verkstad.clustering.themes import Note

# Compared at a time: memory grows with the number of notes, not with its square.
_BLOCK = 512
_OFFERED = 3


def stacks(notes: Sequence[Note]) -> list[tuple[str, ...]]:
    """The ids of notes that say the same but for case, signs and spaces; each stack has two at least."""
    said: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        said[plain(note.text)].append(note.id)
    return [tuple(sorted(ids)) for _, ids in sorted(said.items()) if len(ids) > 1]


def near_pairs(notes: Sequence[Note], vectors: Vectors, encoder: Encoder) -> Iterator[tuple[str, str]]:
    """Pairs that say nearly the same in other words. To be shown, never to be merged: half of them do not."""
    for start in range(0, len(notes), _BLOCK):
        likeness = vectors[start : start + _BLOCK] @ vectors.T
        for row, column in np.argwhere(likeness >= encoder.near):
            one, other = notes[start + row], notes[column]
            if start + row < column and plain(one.text) != plain(other.text):
                yield one.id, other.id


def most_alike(material: Material, note: str, without: Collection[str] = ()) -> list[str]:
    """The three notes most like one, best first: to be looked at, or to be taken along when it moves.

    ``without`` are left out, such as those that are in the theme already. Of equal notes one is offered.
    """
    number = next(row for row, found in enumerate(material.rows) if any(other.id == note for other in found))
    others = [
        row
        for row, found in enumerate(material.rows)
        if row != number and not any(other.id in without for other in found)
    ]
    who, _ = nearest(material.points[[number]], material.points[others], _OFFERED)
    return [material.rows[others[i]][0].id for i in who[0]]
