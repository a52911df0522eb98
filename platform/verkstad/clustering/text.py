"""Letters and words of a note."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def plain(text: str) -> str:
    """The text without case, signs and double spaces: what is embedded, and what makes two notes the same.

    A note of signs alone is itself.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(_WORD.findall(folded)) or " ".join(text.split())


def words(text: str) -> list[str]:
    """Its words, as they stand."""
    return _LETTERS.findall(text)


def pieces(word: str, lengths: range) -> list[str]:
    """The letters of a word and its two edges, some at a time."""
    edged = f" {word} "
    return [edged[i : i + size] for size in lengths for i in range(len(edged) - size + 1)]
