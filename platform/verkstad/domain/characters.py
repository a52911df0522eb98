"""Unicode's normal form, also of texts that were made to be slow."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# The library sorts the marks on a letter by insertion: nothing for a language, minutes for a hundred thousand of them.
_SHORT = 400


def nfc(text: str) -> str:
    """The text in NFC, in a time that grows with its length and not with the square of it."""
    if len(text) > _SHORT and not text.isascii():
        text = "".join(_with_sorted_marks(text))
    return unicodedata.normalize("NFC", text)


def _with_sorted_marks(text: str) -> Iterator[str]:
    """The characters decomposed, the marks on each in the order that Unicode gives them."""
    marks: list[str] = []
    for character in text:
        for part in unicodedata.normalize("NFD", character):
            if unicodedata.combining(part):
                marks.append(part)
                continue
            if marks:
                yield from sorted(marks, key=unicodedata.combining)
                marks.clear()
            yield part
    yield from sorted(marks, key=unicodedata.combining)
