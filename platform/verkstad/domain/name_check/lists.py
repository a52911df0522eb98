"""The names of people that are known, and the words that tell a person from a place."""

from __future__ import annotations

import functools
import tomllib
from enum import StrEnum
from importlib import resources

FILE = "names.txt"


class Sort(StrEnum):
    """What a name in the file is: common in Sweden, or anywhere else; first, or last."""

    HOME_FIRST = "F"
    HOME_LAST = "L"
    FIRST = "f"
    LAST = "l"


@functools.cache
def names() -> dict[str, frozenset[str]]:
    """The known names by `Sort`: gathered by `make names`, with what people are called among friends."""
    found: dict[str, set[str]] = {sort: set() for sort in Sort}
    for line in _read(FILE).splitlines():
        name, _, sorts = line.partition(" ")
        for sort in sorts:
            found[sort].add(name)
    found[Sort.HOME_FIRST] |= _PET_NAMES
    return {sort: frozenset(listed) for sort, listed in found.items()}


def _read(file: str) -> str:
    return (resources.files(__package__) / file).read_text("utf-8")


_words = {name: frozenset(words.split()) for name, words in tomllib.loads(_read("words.toml")).items()}

_PET_NAMES = _words["pet_names"]
BEFORE, AFTER, TOWARDS, SOMEBODY = (_words[name] for name in ("before", "after", "towards", "somebody"))
OF_PLACES, NOT_PEOPLE, PRONOUNS = _words["of_places"], _words["not_people"], _words["pronouns"]
PARTICLES = _words["particles"]
# Endings, as `str.endswith` takes them.
BEFORE_ENDINGS = tuple(_words["before_endings"])
PLACE_ENDINGS = tuple(_words["place_endings"])
LAST_ENDINGS = tuple(_words["last_endings"])
