"""Which notes are in another language than the installation's, told by the letters that follow each other.

The concepts are some sixty thousand letters of the home language: enough to know it by, and no list of other languages
is needed. An encoder of many languages still puts one language's notes together; `space` takes that away.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verkstad.clustering import concepts
from verkstad.clustering.text import pieces, words

# Fewer words say too little, and are mostly names of things.
_FEWEST_WORDS = 3
# Mean logarithm of a letter's probability after two others. Swedish notes lie about -2, other languages below -3.
_HOME = -2.8
_UNSEEN = 0.1
_ALPHABET = 30


def foreign(texts: Sequence[str]) -> NDArray[np.bool_]:
    """For each text whether it is in another language than the library's."""
    return np.array([_is_foreign(text) for text in texts], bool)


@functools.lru_cache(maxsize=10_000)
def _is_foreign(text: str) -> bool:
    found = [word.lower() for word in words(text)]
    if sum(map(len, found)) and not any("LATIN" in name for name in map(_script, found)):
        return True
    return len(found) >= _FEWEST_WORDS and _likelihood(found) < _HOME


def _script(word: str) -> str:
    return unicodedata.name(word[0], "LATIN")


def _likelihood(found: Sequence[str]) -> float:
    triples, pairs = _model()
    seen = [piece for word in found for piece in pieces(word, range(3, 4))]
    return sum(math.log((triples[piece] + _UNSEEN) / (pairs[piece[:2]] + _UNSEEN * _ALPHABET)) for piece in seen) / max(
        1, len(seen)
    )


@functools.cache
def _model() -> tuple[Counter[str], Counter[str]]:
    triples: Counter[str] = Counter()
    for concept in concepts.shipped():
        for word in words(f"{concept.title} {concept.words}".lower()):
            triples.update(pieces(word, range(3, 4)))
    pairs: Counter[str] = Counter()
    for piece, count in triples.items():
        pairs[piece[:2]] += count
    return triples, pairs
