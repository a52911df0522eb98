"""The words that are a theme's own."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from verkstad.clustering.lemmas import is_name, lemma
from verkstad.clustering.stop_words import STOP_WORDS
from verkstad.clustering.text import words

_KEYWORDS = 3
_SHORTEST_WORD = 3


def keywords(themes: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """For the texts of each theme up to three words that are its own."""
    return [tuple(word for word, _ in found) for found in own_words(themes)]


def own_words(themes: Sequence[Sequence[str]]) -> list[list[tuple[str, int]]]:
    """For each theme up to three words, and by how many of its texts: two at least, and more here than elsewhere.

    None may be a name. The form is the one most used.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    counts = [_count(set(texts), forms) for texts in themes]
    everywhere = Counter(base for count in counts for base in count)
    chosen = []
    for count in counts:
        weights = {base: n * math.log(1 + len(themes) / everywhere[base]) for base, n in count.items() if n > 1}
        best = sorted(weights, key=lambda base: (-weights[base], base))[:_KEYWORDS]
        chosen.append([(_form(forms[base]), count[base]) for base in best])
    return chosen


def _count(texts: set[str], forms: dict[str, Counter[str]]) -> Counter[str]:
    """In how many texts each base form is."""
    count: Counter[str] = Counter()
    for text in texts:
        found = {lemma(word): word for word in map(str.lower, words(text)) if _says_something(word)}
        count.update(list(found))
        for base, word in found.items():
            forms[base][word] += 1
    return count


def _says_something(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word not in STOP_WORDS and not is_name(word)


def _form(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))
