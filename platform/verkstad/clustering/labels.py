"""What a theme may be called: the concept its notes share, else words of their own; never somebody's name."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verkstad.clustering import fit
from verkstad.clustering.encoder import Vectors
from verkstad.clustering.lemmas import is_name, lemma
from verkstad.clustering.material import Material
from verkstad.clustering.stop_words import STOP_WORDS
from verkstad.clustering.text import words

_KEYWORDS = 3
# How far a concept must stand out, in standard deviations, to be a headline.
_STANDS_OUT = 1.1
_USUAL = 0.5
# A quotation is long enough to say something and short enough to be read at a glance.
_QUOTATION = range(4, 16)
_CONTENT_WORDS = 3
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A headline, some words, and the id of the note that speaks for the theme."""

    headline: str
    keywords: tuple[str, ...]
    quotation: str | None


def labels(material: Material, groups: Sequence[Sequence[int]], names: Sequence[str | None]) -> list[Label]:
    """A label for each group; no two share a headline. What a person named keeps its name."""
    keywords = _keywords(material, groups)
    headlines = _headlines(material, groups, names, keywords)
    return [
        Label(headline, tuple(found[:_KEYWORDS]), _quotation(material, group))
        for headline, found, group in zip(headlines, keywords, groups, strict=True)
    ]


def _headlines(
    material: Material, groups: Sequence[Sequence[int]], names: Sequence[str | None], keywords: list[list[str]]
) -> list[str]:
    """The clearest themes choose first, so that of two with one concept the weaker takes its next."""
    chosen: dict[int, str] = {i: name for i, name in enumerate(names) if name}
    used = {name.casefold() for name in chosen.values()}
    standing = _standing(material, groups)
    order = sorted(range(len(groups)), key=lambda i: (-standing[i].max(initial=0), i))
    for i in order:
        if i not in chosen:
            options = [*_from_concepts(material, standing[i], used), *_from_words(keywords[i])]
            free = (option for option in options if option.casefold() not in used)
            chosen[i] = next(free, None) or f"Tema {i + 1}"
            used.add(chosen[i].casefold())
    return [chosen[i] for i in range(len(groups))]


def _standing(material: Material, groups: Sequence[Sequence[int]]) -> list[Vectors]:
    """How much more each concept is like the notes of a group than it is like the evening."""
    scores = material.space.concepts
    if scores is None:
        return [np.zeros(0, np.float32) for _ in groups]
    usual = _USUAL * scores.mean(0)
    return [scores[list(group)].mean(0) - usual if len(group) else np.zeros(scores.shape[1]) for group in groups]


def _from_concepts(material: Material, standing: Vectors, used: set[str]) -> list[str]:
    """The best concept's title; the two best when they are as good."""
    assert material.library is not None or not len(standing)
    titles = material.library.titles if material.library else ()
    best = [i for i in np.argsort(-standing, kind="stable")[:8] if standing[i] >= _STANDS_OUT]
    free = [i for i in best if titles[i].casefold() not in used]
    return [titles[i] for i in free]


def _from_words(keywords: list[str]) -> list[str]:
    """Headlines of the members' own words: one, then more of them."""
    said = [", ".join(keywords[:count]) for count in (2, 3, 1) if keywords[:count]]
    return [text[0].upper() + text[1:] for text in said]


def _keywords(material: Material, groups: Sequence[Sequence[int]]) -> list[list[str]]:
    """For each group the words that are its own: said by at least two notes, and more here than elsewhere."""
    counts: list[Counter[str]] = []
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        count: Counter[str] = Counter()
        for row in group:
            found = {lemma(word): word for word in _content(material.texts[row])}
            count.update(list(found))
            for base, word in found.items():
                forms[base][word] += 1
        counts.append(count)
    everywhere = Counter(base for count in counts for base in count)
    chosen = []
    for count in counts:
        weight = {b: n * math.log(1 + len(groups) / everywhere[b]) for b, n in count.items() if n > 1}
        chosen.append([_form(forms[b]) for b in sorted(weight, key=lambda b: (-weight[b], b))])
    return chosen


def _form(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _content(text: str) -> list[str]:
    """Words that carry something: no small words, and none that may be a name."""
    return [
        word
        for word in map(str.lower, words(text))
        if len(word) >= _SHORTEST_WORD and word not in STOP_WORDS and not is_name(word)
    ]


def _quotation(material: Material, group: Sequence[int]) -> str | None:
    """The most typical note that can stand alone."""
    middle = fit.middles(material.points, [group])[0]
    typical = sorted(group, key=lambda row: (-float(material.points[row] @ middle), row))
    for row in typical:
        length = len(words(material.texts[row]))
        content = [word for word in words(material.texts[row].lower()) if word not in STOP_WORDS]
        if length in _QUOTATION and len(content) >= _CONTENT_WORDS:
            return material.rows[row][0].id
    return material.rows[typical[0]][0].id if typical else None
