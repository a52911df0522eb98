"""Notes as lines of JSON in, their themes as lines of JSON out: what `verkstad cluster` reads and writes."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from verkstad.clustering.concepts import Concept
from verkstad.clustering.encoder import Encoder
from verkstad.clustering.themes import Note, Sorting, Theme
from verkstad.domain.errors import N_, Invalid


class Line(msgspec.Struct):
    """One note. ``previous_cluster`` is the theme it had before; others are then placed among those themes."""

    id: str
    text: str
    question: str | None = None
    group: str | int | None = None
    previous_cluster: str | None = None


class SortedLine(msgspec.Struct):
    """The theme of a note and what it may be called; neither for a note that fits nowhere."""

    id: str
    theme: str | None
    label: str | None


def read_lines(content: bytes) -> list[Line]:
    """The notes of a file.

    Raises:
        Invalid: a line is no note, or an id comes twice.
    """
    found: list[Line] = []
    ids: set[str] = set()
    for number, raw in enumerate(content.split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            line = msgspec.json.decode(raw, type=Line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Invalid("bad_line", N_("Line %(line)s is no note: %(reason)s"), line=number, reason=error) from None
        if line.id in ids:
            message = N_("Line %(line)s: the id “%(id)s” is used a second time.")
            raise Invalid("same_id", message, line=number, id=line.id)
        ids.add(line.id)
        found.append(line)
    return found


def prepare() -> None:
    """Load what sorts, and the dictionary: a third of a second in which notes may be embedded."""
    from verkstad.clustering import lemmas, placing, sorting  # noqa: F401 (loaded for `sort_lines`)

    lemmas.load()


def sort_lines(lines: list[Line], encoder: Encoder, concepts: tuple[Concept, ...]) -> Iterator[SortedLine]:
    """The lines in their order, sorted together."""
    notes = [Note(line.id, line.text, None if line.group is None else str(line.group)) for line in lines]
    vectors = encoder.embed([note.text for note in notes])
    from verkstad.clustering.material import Material
    from verkstad.clustering.placing import place_all
    from verkstad.clustering.sorting import sort

    before = {line.id: line.previous_cluster for line in lines if line.previous_cluster}
    if before:
        themes = [Theme(t, tuple(n for n in before if before[n] == t)) for t in sorted(set(before.values()))]
        sorting = place_all(notes, vectors, encoder, concepts, themes)
    else:
        sorting = sort(Material(notes, vectors, encoder, concepts))
    return _answers(notes, sorting)


def _answers(notes: list[Note], sorting: Sorting) -> Iterator[SortedLine]:
    headlines = {theme.id: theme.headline for theme in sorting.themes}
    for note in notes:
        theme = sorting.places[note.id]
        yield SortedLine(note.id, theme, None if theme is None else headlines[theme])
