"""What goes into a sorting and comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """One note as the engine sees it. Its question is kept out: people answer what they want to say."""

    id: str
    text: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that is there already. One with a name was named by a person and is never taken away."""

    id: str
    notes: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SuggestedTheme:
    """A theme as the machine proposes it; ``notes`` has the most typical first."""

    id: str
    notes: tuple[str, ...]
    headline: str
    quotation: str | None = None


@dataclass(frozen=True, slots=True)
class Sorting:
    """Every note once: in one theme, or among the unplaced."""

    themes: tuple[SuggestedTheme, ...] = ()
    unplaced: tuple[str, ...] = ()
    uncertain: frozenset[str] = frozenset()
    second: Mapping[str, str] = field(default_factory=dict)

    @property
    def places(self) -> dict[str, str | None]:
        """The theme of each note, or None."""
        placed: dict[str, str | None] = {note: theme.id for theme in self.themes for note in theme.notes}
        return placed | dict.fromkeys(self.unplaced)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one more note fits: nowhere when ``theme`` is None."""

    note: str
    theme: str | None
    uncertain: bool = False
    second: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A theme that may be two: ``notes`` would leave it."""

    theme: str
    notes: tuple[str, ...]
    headline: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two themes that may be one."""

    theme: str
    into: str


@dataclass(frozen=True, slots=True)
class Move:
    """What a new sorting would do with one note."""

    note: str
    before: str | None
    after: str | None


def moves(before: Mapping[str, str | None], after: Sorting) -> tuple[Move, ...]:
    """The difference a new sorting would make, for who must say yes to it."""
    return tuple(
        Move(note, before[note], theme)
        for note, theme in sorted(after.places.items())
        if note in before and before[note] != theme
    )
