"""Notes that people have sorted, and how near a sorting comes to theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from sklearn.metrics import adjusted_mutual_info_score

from verkstad.clustering.themes import Note

# Theme of notes about nothing of the evening; they are sorted with the rest, and not counted.
OFF_TOPIC = "ovrigt"

Places = Mapping[str, str | None]


class Gold(msgspec.Struct):
    """One sorted note, in the order of arrival."""

    id: str
    text: str
    theme: str
    group: str = ""

    @property
    def note(self) -> Note:
        """As the engine sees it."""
        return Note(self.id, self.text, self.group or None)


def read(path: Path) -> list[Gold]:
    """A set of sorted notes."""
    return [msgspec.json.decode(line, type=Gold) for line in path.read_bytes().splitlines() if line.strip()]


def agreement(gold: Sequence[Gold], places: Places) -> float:
    """Strict adjusted mutual information; a note without a theme is a theme of its own."""
    core = [note for note in gold if note.theme != OFF_TOPIC]
    found = [places[note.id] or f"alone {note.id}" for note in core]
    return float(adjusted_mutual_info_score([note.theme for note in core], found))


def kept(before: Places, after: Places) -> float:
    """The share of pairs in one theme that still are."""
    both = Counter((theme, after[note]) for note, theme in before.items() if theme is not None)
    first = Counter(theme for theme in before.values() if theme is not None)
    pairs = sum(n * (n - 1) for n in first.values())
    return sum(n * (n - 1) for (_, theme), n in both.items() if theme is not None) / pairs if pairs else 1.0
