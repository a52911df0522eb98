"""An evening's notes as the engine works on them: each thing said once, in an order of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from verkstad.clustering.concepts import Concept
from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.clustering.library import read_library
from verkstad.clustering.space import Space
from verkstad.clustering.text import plain
from verkstad.clustering.themes import Note, Theme

_NOBODY: Mapping[str, str | None] = {}


class Material:
    """Notes whose texts are the same share a row, so that saying a thing ten times pulls no harder than once.

    The rows are in the order of their texts: the same notes give the same rows, whatever order they came in. Where
    people have placed equal notes differently, each place has a row.

    ``vectors`` are what ``encoder`` makes of the texts; ``themes`` are there already, and their names are expected;
    ``pinned`` are the notes that people placed, None being the unplaced.
    """

    def __init__(
        self,
        notes: Sequence[Note],
        vectors: Vectors,
        encoder: Encoder,
        concepts: Sequence[Concept] = (),
        themes: Sequence[Theme] = (),
        pinned: Mapping[str, str | None] = _NOBODY,
    ) -> None:
        said: dict[tuple[str, bool, str], list[int]] = defaultdict(list)
        for i, note in enumerate(notes):
            said[plain(note.text), note.id in pinned, pinned.get(note.id) or ""].append(i)
        self.rows = [sorted((notes[i] for i in said[key]), key=lambda note: note.id) for key in sorted(said)]
        first = [min(said[key], key=lambda i: notes[i].id) for key in sorted(said)]
        self._row_of = {note.id: row for row, found in enumerate(self.rows) for note in found}
        self.texts = [notes[i].text for i in first]
        self.vectors = np.ascontiguousarray(vectors[first], np.float32)
        self.encoder = encoder
        self.themes = tuple(sorted(themes, key=lambda theme: theme.id))
        names = [theme.name for theme in self.themes if theme.name]
        self.library = read_library(encoder, concepts, names)
        self.space = Space(self.texts, self.vectors, self.library)
        self.pins: dict[int, str | None] = {
            row: pinned[found[0].id] for row, found in enumerate(self.rows) if found[0].id in pinned
        }

    def pinning(self, more: Mapping[int, str]) -> Material:
        """The same with more rows that stay where they are."""
        other = copy(self)
        other.pins = {**more, **self.pins}
        return other

    @property
    def points(self) -> Vectors:
        """Where the rows lie."""
        return self.space.points

    def ids(self, rows: Sequence[int] | NDArray[np.intp]) -> tuple[str, ...]:
        """The notes of some rows."""
        return tuple(note.id for row in rows for note in self.rows[row])

    def groups(self) -> list[list[int]]:
        """The rows of each theme; equal notes in two themes count for the first."""
        taken: set[int] = set()
        found = []
        for theme in self.themes:
            rows = [row for row in self.of_theme(theme) if row not in taken]
            taken.update(rows)
            found.append(rows)
        return found

    def of_theme(self, theme: Theme) -> list[int]:
        """The rows that have a note in a theme."""
        return sorted({self._row_of[note] for note in theme.notes if note in self._row_of})
