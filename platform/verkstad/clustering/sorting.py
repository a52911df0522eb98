"""Themes for an evening's notes: what the machine suggests around what people have decided."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from verkstad.clustering import fit
from verkstad.clustering.graph import communities, components
from verkstad.clustering.labels import headlines, quotation, typical
from verkstad.clustering.material import Material
from verkstad.clustering.text import words
from verkstad.clustering.themes import Sorting, SuggestedTheme

# With fewer different notes, only those that clearly say one thing are joined.
FEWEST = 12
# Fewer headings help nobody, and more are not read.
_FEWEST_THEMES, _MOST_THEMES = 3, 30

# So many of the pairs in one theme stay together when a sorting is made anew: twice in the last quarter of an evening,
# and most of what was there before it still is. Up to so many notes there is hardly anything to keep.
_KEPT, _YOUNG = 0.93, 2 * FEWEST
# What may move, from most to least: all, what is not well inside its theme, what is nearer another, nothing.
_LOOSE = (math.inf, 0.13, 0.06, 0.0, -0.06, -0.12, -math.inf)

Groups = dict[str, list[int]]


def theme_count(notes: int) -> int:
    """How many themes so many different notes should have."""
    return min(max(round(math.sqrt(notes)), _FEWEST_THEMES), _MOST_THEMES)


def sort(material: Material) -> Sorting:
    """A sorting of all notes.

    What people placed stays where it is. Themes that are there already keep their id where they are found again; one
    with a name or a placed note is kept whatever is found.
    """
    groups = _groups(material)
    _put_aside(material, groups)
    return describe(material, groups)


def sort_anew(material: Material) -> Sorting:
    """A sorting of all notes that keeps together most of what is, and else changes what it can."""
    before = material.groups()
    if len(material.rows) <= _YOUNG:
        return sort(material)
    margin = fit.fit(material.points, before).margin
    for loose in _LOOSE:
        firm = {
            row: theme.id
            for theme, rows in zip(material.themes, before, strict=True)
            for row in rows
            if margin[row] >= loose
        }
        pinned = material.pinning(firm)
        groups = _groups(pinned)
        _put_aside(pinned, groups)
        if _kept(before, groups) >= _KEPT:
            break
    return describe(material, groups)


def _kept(before: Sequence[Sequence[int]], after: Groups) -> float:
    """The share of pairs in one group that still are."""
    group_of = {row: theme for theme, rows in after.items() for row in rows}
    pairs = sum(len(rows) * (len(rows) - 1) for rows in before)
    together = [Counter(group_of[row] for row in rows if row in group_of) for rows in before]
    return sum(n * (n - 1) for counts in together for n in counts.values()) / pairs if pairs else 1.0


def _groups(material: Material) -> Groups:
    """The rows of each theme, by its id."""
    kept = sorted({theme for theme in material.pins.values() if theme is not None})
    numbers = {theme: number for number, theme in enumerate(kept)}
    free = [row for row in range(len(material.rows)) if row not in material.pins or material.pins[row] is not None]
    fixed = {i: numbers[theme] for i, row in enumerate(free) if (theme := material.pins.get(row)) is not None}
    if len(free) < FEWEST:
        found = components(material.vectors[free], material.encoder.alike, fixed)
    else:
        found = communities(material.points[free], theme_count(len(free)), fixed)
    clusters: dict[int, list[int]] = {number: [] for number in range(len(kept))}
    for row, number in zip(free, found, strict=True):
        clusters.setdefault(number, []).append(row)
    groups = {kept[number]: rows for number, rows in clusters.items() if number < len(kept)}
    return _recognise(material, groups, [rows for number, rows in clusters.items() if number >= len(kept)])


def _recognise(material: Material, groups: Groups, fresh: list[list[int]]) -> Groups:
    """Gives clusters the ids of the themes that they were, those with most in common first, and others new ids."""
    before = {theme.id: set(material.of_theme(theme)) for theme in material.themes if theme.id not in groups}
    pairs = [
        (-shared, theme, number)
        for theme, rows in before.items()
        for number, cluster in enumerate(fresh)
        if (shared := len(rows & set(cluster))) * 2 >= min(len(rows), len(cluster)) and shared
    ]
    taken: set[int] = set()
    for _, theme, number in sorted(pairs):
        if theme not in groups and number not in taken:
            groups[theme] = fresh[number]
            taken.add(number)
    for named in material.themes:
        if named.name:
            groups.setdefault(named.id, [])
    used = {theme.id for theme in material.themes} | set(groups)
    ids = (name for i in range(1, len(used) + len(fresh) + 1) if (name := f"t{i}") not in used)
    return groups | {next(ids): rows for number, rows in enumerate(fresh) if number not in taken}


def _put_aside(material: Material, groups: Groups) -> None:
    """Takes out of each theme what does not belong there; what people placed stays."""
    how = fit.fit(material.points, list(groups.values()))
    few = len(material.rows) < FEWEST
    kept = {theme.id for theme in material.themes if theme.name} | set(material.pins.values())
    for theme, rows in list(groups.items()):
        rows[:] = [
            row
            for row in rows
            if row in material.pins or (words(material.texts[row]) and (few or how.own[row] >= fit.NOWHERE))
        ]
        if theme not in kept and len(material.ids(rows)) < 2:
            del groups[theme]


def describe(material: Material, groups: Groups) -> Sorting:
    """The sorting that puts these rows in these themes."""
    ids = list(groups)
    how = fit.fit(material.points, list(groups.values()))
    names = {theme.id: theme.name for theme in material.themes}
    heads = headlines(material, list(groups.values()), [names.get(theme) for theme in ids])
    themes = [_theme(material, theme, rows, head) for (theme, rows), head in zip(groups.items(), heads, strict=True)]
    placed = [row for rows in groups.values() for row in rows]
    free = [row for row in placed if row not in material.pins and len(groups) > 1]
    unsure = [row for row in free if how.margin[row] < fit.UNCERTAIN]
    second = [row for row in placed if how.margin[row] < fit.SECOND and how.others[row] >= fit.NOWHERE]
    return Sorting(
        themes=tuple(sorted(themes, key=lambda theme: _rank(material, groups[theme.id], theme))),
        unplaced=material.ids(sorted(set(range(len(material.rows))) - set(placed))),
        uncertain=frozenset(material.ids(unsure)),
        second={note: ids[how.other[row]] for row in second for note in material.ids([row])},
    )


def _theme(material: Material, theme: str, rows: list[int], headline: str) -> SuggestedTheme:
    ordered = typical(material, rows)
    return SuggestedTheme(theme, material.ids(ordered), headline, quotation(material, ordered))


def _rank(material: Material, rows: list[int], theme: SuggestedTheme) -> tuple[int, int, str]:
    """By groups, then by different notes: what one group repeats weighs nothing."""
    groups = {note.group for row in rows for note in material.rows[row]}
    return -len(groups), -len(rows), theme.headline
