"""Letters and words of a note."""

from __future__ import annotations

import re

from verkstad.domain.note import plain

__all__ = ["pieces", "plain", "words"]

_LETTERS = re.compile(r"[^\W\d_]+")


def words(text: str) -> list[str]:
    """Its words, as they stand."""
    return _LETTERS.findall(text)


def pieces(word: str, lengths: range) -> list[str]:
    """The letters of a word and its two edges, some at a time."""
    edged = f" {word} "
    return [edged[i : i + size] for size in lengths for i in range(len(edged) - size + 1)]
