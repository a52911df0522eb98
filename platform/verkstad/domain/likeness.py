"""How like two notes are."""

from __future__ import annotations

from typing import NamedTuple


class Like(NamedTuple):
    """Another note, as the machine compares it with one: from 0, nothing in common, to 1."""

    note: str
    likeness: float
    clearly: bool  # so like that it is probably about the same thing
