"""What a theme may be called: the concept its notes share, else words of their own; never somebody's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count

import numpy as np

from verkstad.clustering.encoder import Vectors
from verkstad.clustering.material import Material
from verkstad.clustering.stop_words import STOP_WORDS
from verkstad.clustering.text import words

# To be a headline a concept must stand out among concepts, in standard deviations, and be like the notes, as a cosine.
_STANDS_OUT, _LIKE = 2.0, 0.12
_USUAL = 0.5
# A quotation is long enough to say something and short enough to be read at a glance.
_QUOTATION = range(4, 16)
_CONTENT_WORDS = 3


def headlines(material: Material, groups: Sequence[Sequence[int]], names: Sequence[str | None]) -> list[str]:
    """A headline for each group, no two the same. What a person named keeps its name.

    The clearest choose first, so that of two with one concept the weaker takes its next.
    """
    chosen = {i: name for i, name in enumerate(names) if name}
    used = {name.casefold() for name in chosen.values()}
    standing = _standing(material, groups)
    for i in sorted(range(len(groups)), key=lambda i: (-standing[i].max(initial=0), list(groups[i]))):
        if i not in chosen:
            options = chain(_of_concepts(material, standing[i]), _of_words(material, groups, i), _of_numbers())
            chosen[i] = next(option for option in options if option.casefold() not in used)
            used.add(chosen[i].casefold())
    return [chosen[i] for i in range(len(groups))]


def _standing(material: Material, groups: Sequence[Sequence[int]]) -> list[Vectors]:
    """How well each concept would do as the headline of each group; nothing when it would not do."""
    library, space = material.library, material.space
    if library is None or not len(space.points):
        return [np.zeros(0, np.float32) for _ in groups]
    # What the whole evening is about is no headline for a part of it.
    usual = _USUAL * space.scores.mean(0)
    found = []
    for rows in map(list, groups):
        out, like = space.scores[rows].sum(0), space.likeness[rows].sum(0)
        out, like = out / max(1, len(rows)) - usual, like / max(1, len(rows))
        found.append(np.where((out >= _STANDS_OUT) & (like >= _LIKE), out, 0))
    return found


def _of_concepts(material: Material, standing: Vectors) -> Iterator[str]:
    if material.library is not None:
        yield from (material.library.titles[i] for i in np.argsort(-standing, kind="stable") if standing[i] > 0)


def _of_words(material: Material, groups: Sequence[Sequence[int]], number: int) -> Iterator[str]:
    # The dictionary takes a second to load, and is seldom needed here.
    from verkstad.clustering.keywords import keywords

    found = keywords([[material.texts[row] for row in group] for group in groups])[number]
    for size in (2, 3, 1):
        text = ", ".join(found[:size])
        if text:
            yield text[0].upper() + text[1:]


def _of_numbers() -> Iterator[str]:
    return (f"Tema {number}" for number in count(1))


def quotation(material: Material, typical: Sequence[int]) -> str | None:
    """The id of the most typical note that can stand alone."""
    for row in typical:
        found = words(material.texts[row].lower())
        if len(found) in _QUOTATION and sum(word not in STOP_WORDS for word in found) >= _CONTENT_WORDS:
            return material.rows[row][0].id
    return material.rows[typical[0]][0].id if typical else None
