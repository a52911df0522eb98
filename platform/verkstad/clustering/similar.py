"""The same point said twice: which notes are most like each, kept up as notes come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.clustering.text import plain
from verkstad.clustering.themes import Note
from verkstad.domain.likeness import Like

# Compared at a time: memory grows with the number of notes, not with its square.
_BLOCK = 512
_MOST = 3

Row = int
Found = tuple[float, Row]  # how like, and which


class Compared(NamedTuple):
    """``nearest`` is what differs from what was known; ``near``, the notes that say nearly the same, is all of it."""

    nearest: dict[str, tuple[Like, ...] | None]
    near: dict[str, tuple[str, ...]]


def compare(notes: Sequence[Note], vectors: Vectors, encoder: Encoder, known: Mapping[str, Sequence[Like]]) -> Compared:
    """The three notes most like each, and those of them that say nearly the same, which holds both ways.

    Of notes with the same words the first by id is compared, and stands for them all. ``known`` is what this function
    has found before, without notes whose text has changed since: a new one costs one comparison with all others, and so
    does one that has lost any of its three. What is found is the same as when nothing is known.
    """
    ids, points = _one_of_each(notes, vectors)
    lists = _known(ids, known)
    missing = [row for row in range(len(ids)) if row not in lists]
    made: dict[Row, list[Found]] = {}
    for start in range(0, len(missing), _BLOCK):
        rows = missing[start : start + _BLOCK]
        # In double precision, so that a sum does not depend on how many others are computed beside it.
        likeness = (points[rows] @ points.T).astype(np.float32)
        likeness[np.arange(len(rows)), rows] = -1
        made |= {row: _best(values) for row, values in zip(rows, likeness, strict=True)}
        new = [place for place, row in enumerate(rows) if ids[row] not in known]
        _take_in(lists, likeness[new], [rows[place] for place in new])
    found = {
        ids[row]: tuple(Like(ids[other], how, how >= encoder.clear) for how, other in best)
        for row, best in (lists | made).items()
    }
    changed = {note: likes for note, likes in found.items() if note not in known or tuple(known[note]) != likes}
    gone = {note.id: None for note in notes if note.id in known and note.id not in found}
    return Compared({**changed, **gone}, _near(found, encoder.near))


def _one_of_each(notes: Sequence[Note], vectors: Vectors) -> tuple[list[str], NDArray[np.float64]]:
    first: dict[str, int] = {}
    for i in sorted(range(len(notes)), key=lambda i: notes[i].id):
        first.setdefault(plain(notes[i].text), i)
    places = list(first.values())
    return [notes[i].id for i in places], vectors[places].astype(np.float64)


def _known(ids: Sequence[str], known: Mapping[str, Sequence[Like]]) -> dict[Row, list[Found]]:
    """The lists that name nobody who is gone or has changed."""
    row_of = {note: row for row, note in enumerate(ids) if note in known}
    return {
        row: [(like.likeness, row_of[like.note]) for like in known[note]]
        for note, row in row_of.items()
        if all(like.note in row_of for like in known[note])
    }


def _take_in(lists: dict[Row, list[Found]], likeness: Vectors, new: Sequence[Row]) -> None:
    """Let new rows into the lists that they are best enough for."""
    rows = list(lists)
    least = np.array([lists[row][-1][0] if len(lists[row]) == _MOST else 0 for row in rows], np.float32)
    for place, i in np.argwhere(likeness[:, rows] >= least):
        row, how = rows[i], float(likeness[place, rows[i]])
        lists[row] = _first([*lists[row], (how, new[place])])


def _best(likeness: Vectors) -> list[Found]:
    count = min(_MOST, len(likeness))
    least = np.partition(likeness, -count)[-count]
    return _first((float(likeness[row]), int(row)) for row in np.flatnonzero(likeness >= least))


def _first(found: Iterable[Found]) -> list[Found]:
    """Those most like; rows are in the order of ids, which decides between equals. Nothing in common is not like."""
    return sorted((f for f in found if f[0] > 0), key=lambda f: (-f[0], f[1]))[:_MOST]


def _near(found: Mapping[str, Sequence[Like]], least: float) -> dict[str, tuple[str, ...]]:
    near: dict[str, set[str]] = defaultdict(set)
    for note, likes in found.items():
        for like in likes:
            if like.likeness >= least:
                near[note].add(like.note)
                near[like.note].add(note)
    return {note: tuple(sorted(others)) for note, others in near.items()}
