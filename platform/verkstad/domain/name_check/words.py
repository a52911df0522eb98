"""A text as words, each with what is known of it as a name."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from verkstad.domain.name_check.lists import (
    BEFORE,
    BEFORE_ENDINGS,
    LAST_ENDINGS,
    NOT_PEOPLE,
    OF_PLACES,
    PLACE_ENDINGS,
    PRONOUNS,
    Sort,
    names,
)

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|\N{COMBINING ACUTE ACCENT}|\d)*(?:[-\N{HYPHEN}'’][^\W\d_]+)*")
_HYPHEN = re.compile(r"[-\N{HYPHEN}]")
# After these a word has its capital from where it stands, and not from what it is.
_BEGINS = re.compile(r"(?:[.!?:;•*\"“”»(\[\n–—/]|\s-)[\s\"“”»'*-]*$")
_LONGEST_INITIAL = 1


@dataclass(frozen=True)
class Word:
    """A word of a text: as it stands, and without the s of who owns something."""

    text: str
    start: int
    end: int
    begins: bool  # the sentence
    gap: str  # what stands between it and the word before
    may_name: Callable[[str], bool]

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def initial(self) -> bool:
        return len(self.text) == _LONGEST_INITIAL and self.capital

    @functools.cached_property
    def shouted(self) -> bool:
        """All in capitals, as what is shortened is."""
        return len(self.text) > _LONGEST_INITIAL and self.text.isupper()

    @functools.cached_property
    def lower(self) -> str:
        return self.text.lower()

    @functools.cached_property
    def forms(self) -> tuple[str, ...]:
        """How it may stand in a list of names."""
        found = [self.text]
        for ending in ("'s", "’s", "s"):
            if self.text.endswith(ending):
                found.append(self.text.removesuffix(ending))
        if not self.capital or self.shouted:
            found = [_titled(form) for form in found]
        return tuple(form for form in found if len(form) > _LONGEST_INITIAL)

    @functools.cached_property
    def owner(self) -> str:
        """Without the s of who owns something, where a name is left by that."""
        stands = any(self._is(sort, self.text) for sort in (Sort.HOME_FIRST, Sort.HOME_LAST))
        bare = (
            form for form in self.forms[1:] if self._ends_as_last(form) or any(self._is(sort, form) for sort in Sort)
        )
        return self.text if stands else self.text[: len(next(bare, self.text))]

    @functools.cached_property
    def ordinary(self) -> bool:
        """A word of the language, or a place: a name only in company."""
        if self.pronoun or self.not_people:
            return True
        lasts = [_HYPHEN.split(form)[-1].lower() for form in self.forms]  # what is joined is of its last part's kind
        return not all(map(self.may_name, lasts))

    @property
    def pronoun(self) -> bool:
        return self.lower in PRONOUNS

    @functools.cached_property
    def not_people(self) -> bool:
        return not NOT_PEOPLE.isdisjoint(self.forms)

    @functools.cached_property
    def of_place(self) -> bool:
        """Whether it says what a place or an organisation is."""
        return not (self.capital and self.home_first) and any(
            form.lower() in OF_PLACES or (form.lower().endswith(PLACE_ENDINGS) and not self._is(Sort.HOME_LAST, form))
            for form in self.forms
        )

    @functools.cached_property
    def home_first(self) -> bool:
        return any(self._is(Sort.HOME_FIRST, form) for form in self.forms)

    @functools.cached_property
    def first(self) -> bool:
        return self.home_first or any(self._is(Sort.FIRST, form) for form in self.forms)

    @functools.cached_property
    def home_last(self) -> bool:
        return any(self._is(Sort.HOME_LAST, form) for form in self.forms)

    @functools.cached_property
    def last(self) -> bool:
        """In the lists, or ending as last names do."""
        return self.home_last or any(self._is(Sort.LAST, form) or self._ends_as_last(form) for form in self.forms)

    @functools.cached_property
    def title(self) -> bool:
        """Whether a name may be expected after it."""
        return self.lower in BEFORE or self.lower.endswith(BEFORE_ENDINGS)

    def _is(self, sort: Sort, form: str) -> bool:
        known = names()[sort]
        parts = _HYPHEN.split(form)
        return form in known or (len(parts) > 1 and all(part in known for part in parts))

    def _ends_as_last(self, form: str) -> bool:
        return form.endswith(LAST_ENDINGS) and self.may_name(form.lower())


def words(text: str, may_name: Callable[[str], bool]) -> list[Word]:
    """The words of a text in order."""
    return list(_words(text, may_name))


def _words(text: str, may_name: Callable[[str], bool]) -> Iterator[Word]:
    before: Word | None = None
    for match in _WORD.finditer(text):
        gap = text[before.end if before else 0 : match.start()]
        begins = before is None or (_BEGINS.search(gap) is not None and not (before.initial and gap == ". "))
        before = Word(match.group(), match.start(), match.end(), begins, gap, may_name)
        yield before


def _titled(form: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in _HYPHEN.split(form))


def is_caseless(word: str) -> bool:
    """Whether its script has no capitals, so that only the lists can tell a name in it."""
    return unicodedata.category(word[0]) == "Lo"
