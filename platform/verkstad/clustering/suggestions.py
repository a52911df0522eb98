"""Splits and merges to suggest while the notes grow; a person says yes or no to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from verkstad.clustering import fit
from verkstad.clustering.encoder import Vectors
from verkstad.clustering.graph import communities
from verkstad.clustering.labels import headlines
from verkstad.clustering.material import Material
from verkstad.clustering.sorting import theme_count
from verkstad.clustering.themes import Merge, Split

# A theme of fewer is small enough to read, and a part of fewer is no theme.
_SPLIT_FROM, _PART = 8, 3
# Two themes that fit each other's middle this nearly as well as their own may be one.
_SAME = 0.1


def splits(material: Material) -> Iterator[Split]:
    """While there are few themes for so many notes, the largest in two. What people placed does not leave its theme."""
    groups = material.groups()
    parts: list[tuple[str, list[int]]] = []
    missing = theme_count(len(material.rows)) - len(groups)
    largest = sorted(range(len(groups)), key=lambda number: (-len(groups[number]), number))
    for number in largest[: max(0, missing)]:
        if len(groups[number]) >= _SPLIT_FROM:
            part = _part(material, groups[number])
            if len(part) >= _PART:
                groups[number] = [row for row in groups[number] if row not in part]
                parts.append((material.themes[number].id, part))
    names = [theme.name for theme in material.themes] + [None] * len(parts)
    heads = headlines(material, [*groups, *(part for _, part in parts)], names)[len(groups) :]
    for (theme, part), headline in zip(parts, heads, strict=True):
        yield Split(theme, material.ids(part), headline)


def _part(material: Material, rows: Sequence[int]) -> list[int]:
    """The smaller half of a theme when it is cut in two, without what people placed there."""
    numbers = np.array(communities(material.points[list(rows)], 2, {}))
    sizes = np.bincount(numbers)
    if len(sizes) < 2:
        return []
    smaller = int(np.argsort(-sizes, kind="stable")[1])
    return [row for row, number in zip(rows, numbers, strict=True) if number == smaller and row not in material.pins]


def merges(material: Material) -> Iterator[Merge]:
    """Pairs of themes that may be one; the smaller would go into the larger. No two that people named."""
    groups = material.groups()
    own = fit.fit(material.points, groups).own
    likeness = material.points @ fit.middles(material.points, groups).T
    for one in range(len(groups)):
        for other in range(one + 1, len(groups)):
            a, b = groups[one], groups[other]
            named = material.themes[one].name and material.themes[other].name
            if a and b and not named and _gap(own, likeness, a, other) < _SAME > _gap(own, likeness, b, one):
                small, large = sorted((one, other), key=lambda n: (bool(material.themes[n].name), len(groups[n])))
                yield Merge(material.themes[small].id, into=material.themes[large].id)


def _gap(own: Vectors, likeness: Vectors, rows: Sequence[int], other: int) -> float:
    """How much worse rows fit another theme than their own."""
    return float((own[list(rows)] - likeness[list(rows), other]).mean())
