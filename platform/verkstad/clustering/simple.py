"""The encoder for machines that cannot run a better one: equal letters and words, and nothing of what they mean."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from verkstad.clustering.encoder import Vectors
from verkstad.clustering.lemmas import lemma, parts
from verkstad.clustering.stop_words import STOP_WORDS
from verkstad.clustering.text import pieces, plain

_WIDTH = 1024
_PIECES = range(3, 6)
# A word says more than each of its pieces.
_WORD = 2.0


class SimpleEncoder:
    """Pieces of words, their base forms and the parts of compounds, each in a place of its own while there is room."""

    name = "simple-2"
    simple = True
    near = 0.9
    clear = 0.5
    alike = 0.5

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        rows = np.zeros((len(texts), _WIDTH), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for feature, weight in _features(text).items():
                number = int.from_bytes(blake2b(feature.encode(), digest_size=8).digest())
                # The sign lets features that share a place cancel instead of adding up.
                row[number % _WIDTH] += weight if number >> 63 else -weight
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        scaled: Vectors = rows / np.maximum(lengths, 1e-9)
        return scaled


def _features(text: str) -> dict[str, float]:
    found: Counter[str] = Counter()
    for word in plain(text).split():
        if word not in STOP_WORDS:
            found.update(pieces(word, _PIECES))
            for base in (lemma(word), *parts(word)):
                found[f"={base}"] += 1
    return {feature: (1 + math.log(n)) * (_WORD if feature[0] == "=" else 1) for feature, n in found.items()}
