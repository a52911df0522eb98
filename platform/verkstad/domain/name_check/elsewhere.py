"""What is masked in one text, where other texts say it too: headlines, keywords, what is written around a summary."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from verkstad.domain.name_check.kinds import Finding, Kind
from verkstad.domain.name_check.lists import PARTICLES

# A pattern, and what is found by it in small letters.
_Pattern = tuple[re.Pattern[str], Mapping[str, Kind]]

_PIECE = re.compile(r"[^\W\d_]+")
_SHORTEST = 2


class MaskedWords:
    """Words that have been masked somewhere, each with what it is.

    ``may_name`` says of a word in small letters whether it may be a name: that it is no other word of the language.
    """

    def __init__(self, words: Iterable[tuple[str, Kind]], may_name: Callable[[str], bool]) -> None:
        self._words = dict(words)
        self._may_name = may_name

    def in_text(self, text: str) -> list[Finding]:
        """Where somebody's text says them: whole, or that part of a name which is no word beside."""
        return _found(self._in_texts, text)

    def in_machine_words(self, text: str) -> list[Finding]:
        """Where a text made of the notes' own words says them, or any part of them."""
        return _found(self._in_machine_words, text)

    @cached_property
    def _in_texts(self) -> _Pattern:
        names = [words for words, kind in self._words.items() if kind is Kind.NAME]
        parts = {part: Kind.NAME for words in names for part in _parts(words) if self._may_name(part.lower())}
        # *Bo* is somebody, *bo* is not.
        exact = {words for words in names if len(_parts(words)) == 1 and not self._may_name(words.lower())}
        return _pattern({**parts, **self._words}, exact)

    @cached_property
    def _in_machine_words(self) -> _Pattern:
        parts = {part: kind for words, kind in self._words.items() for part in _parts(words)}
        return _pattern({**parts, **self._words})


def _parts(words: str) -> list[str]:
    """The words of a name or an address, but for the host of an e-mail address, which is nobody's own."""
    return [
        part for part in _PIECE.findall(words.partition("@")[0]) if len(part) >= _SHORTEST and part not in PARTICLES
    ]


def _pattern(words: Mapping[str, Kind], exact: Collection[str] = ()) -> _Pattern:
    """Any of these as whole words, the longest first, with the s of who owns something left outside."""
    longest_first = sorted(words, key=len, reverse=True)
    each = (re.escape(word) if word in exact else f"(?i:{re.escape(word)})" for word in longest_first)
    # What never matches, where there are none.
    any_of = "|".join(each) or "(?!)"
    kinds = {word.lower(): kind for word, kind in words.items()}
    return re.compile(rf"(?<!\w)(?:{any_of})(?=(?i:['’]?s)?(?!\w))"), kinds


def _found(pattern: _Pattern, text: str) -> list[Finding]:
    regex, kinds = pattern
    return [Finding(*match.span(), kinds.get(match.group().lower(), Kind.OTHER)) for match in regex.finditer(text)]
