"""What a theme may be called: the concept its notes share, else words of their own; never somebody's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count

import numpy as np

from verkstad.clustering import fit
from verkstad.clustering.asking import asks
from verkstad.clustering.encoder import Vectors
from verkstad.clustering.material import Material
from verkstad.clustering.stop_words import STOP_WORDS
from verkstad.clustering.text import words

# To be a headline a concept must be like most of the notes, as a cosine: what a mixed theme comes to on the whole is
# often like something that hardly any of them is about. And it must stand out, the more the less they are like it.
_NEAR, _MOST = 0.12, 0.6
_CLEAR = 0.6
# A word of their own must be said by so many of them, or it says too little of the rest.
_SAID = 0.2
# A short note of theirs may be one, in words and in letters.
_PHRASE, _AT_A_GLANCE = range(2, 9), 50
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
    found = []
    for rows in map(list, groups):
        likeness = space.likeness[rows] if rows else np.zeros((1, len(library.titles)), np.float32)
        clear = likeness.mean(0) * space.standing(rows) if rows else likeness[0]
        fits = library.headlines & (clear >= _CLEAR) & ((likeness >= _NEAR).mean(0) >= _MOST)
        found.append(np.where(fits, clear, 0))
    return found


def _of_concepts(material: Material, standing: Vectors) -> Iterator[str]:
    if material.library is not None:
        yield from (material.library.titles[i] for i in np.argsort(-standing, kind="stable") if standing[i] > 0)


def _of_words(material: Material, groups: Sequence[Sequence[int]], number: int) -> Iterator[str]:
    """Words that many of its notes say, else a short note that speaks for them, else words that some say."""
    # The dictionary takes a second to load, and is seldom needed here.
    from verkstad.clustering.keywords import own_words

    found = own_words([[material.texts[row] for row in group] for group in groups])[number]
    common = [word for word, said in found if said >= _SAID * len(groups[number])]
    yield from map(_as_headline, [common[:2]] if len(common) > 1 else [])
    yield from _of_notes(material, groups[number])
    yield from (_as_headline([word for word, _ in found[:size]]) for size in (2, 3, 1) if found)


def _of_notes(material: Material, rows: Sequence[int]) -> Iterator[str]:
    """Short notes that are about something and name nobody, the most typical first."""
    from verkstad.clustering.lemmas import may_name

    for row in typical(material, rows):
        text = material.texts[row].strip(" .!,;:-")
        found = words(text)
        short = len(found) in _PHRASE and len(text) <= _AT_A_GLANCE and text.isprintable()
        says = sum(word.lower() not in STOP_WORDS for word in found) > 1 and not _is_an_answer(material, row)
        refers = asks(text) or any(map(str.isdigit, text)) or any(map(may_name, found))
        if short and says and not refers:
            yield text[0].upper() + text[1:]


def _is_an_answer(material: Material, row: int) -> bool:
    """Whether a note is most like a concept that is no headline: it says how somebody answers, not about what."""
    library = material.library
    return library is not None and not library.headlines[material.space.likeness[row].argmax()]


def _as_headline(found: Sequence[str]) -> str:
    text = ", ".join(found)
    return text[0].upper() + text[1:]


def _of_numbers() -> Iterator[str]:
    return (f"Tema {number}" for number in count(1))


def typical(material: Material, rows: Sequence[int]) -> list[int]:
    """The rows of a group, those nearest its middle first."""
    middle = fit.middles(material.points, [rows])[0]
    return sorted(rows, key=lambda row: (-float(material.points[row] @ middle), row))


def quotation(material: Material, rows: Sequence[int]) -> str | None:
    """The id of the first note that can stand alone."""
    for row in rows:
        found = words(material.texts[row].lower())
        if len(found) in _QUOTATION and sum(word not in STOP_WORDS for word in found) >= _CONTENT_WORDS:
            return material.rows[row][0].id
    return material.rows[rows[0]][0].id if rows else None
