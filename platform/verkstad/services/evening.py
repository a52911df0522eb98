"""A workshop as the machine reads it, at one revision."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from verkstad.clustering.sorting import FEWEST
from verkstad.storage.suggestion import Kind

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoteNow:
    """A visible note."""

    id: str
    text: str
    group: str
    theme: str | None
    by_person: bool
    new: bool  # it has come since the machine looked last
    fresh: bool  # new, changed or shared since then
    moved: bool  # somebody has placed it once, though it may have been taken back
    asks_decided: bool
    near: tuple[str, ...] = ()  # what is told to say nearly the same


@dataclass(frozen=True, slots=True)
class ThemeNow:
    """A theme that there is."""

    id: str
    label: str
    named: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion that was made before."""

    id: str
    kind: Kind
    content: Content
    open: bool
    dismissed: bool


@dataclass(frozen=True, slots=True)
class Evening:
    """A workshop at one revision, as far as sorting goes."""

    revision: int
    seen: int  # the revision that the machine has looked at
    begun: bool
    asked: bool
    notes: Sequence[NoteNow]
    themes: Sequence[ThemeNow]
    proposals: Sequence[Proposal]
    expected: Sequence[str] = ()  # the themes that its facilitator expects, as `domain.expected` has them
    closed: bool = False
    closing: bool = False  # it has closed since the machine looked last
    touched: bool = False  # `storage.begun`

    def has_grown(self, growth: float) -> bool:
        """Whether the notes have passed a power of ``growth`` since the machine looked last."""
        before = sum(not note.new for note in self.notes)
        return _power(len(self.notes), growth) > _power(before, growth)


def _power(notes: int, growth: float) -> int:
    """How many times the first sorting has grown so."""
    return math.floor(math.log(notes / FEWEST, growth) + 1e-9) if notes >= FEWEST else -1
