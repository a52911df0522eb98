"""The concept library: what notes at workshops are usually about, in a text file that anyone can edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

from verkstad.domain.characters import nfc
from verkstad.domain.expected import MAX_LINE, read_expected, split_expected
from verkstad.domain.theme import same_label


@dataclass(frozen=True, slots=True)
class Concept:
    """A theme that can be expected: the headline it would get, and how people put it.

    Some are no headline: they say how somebody answers, not about what. Others are expected of one evening.
    """

    title: str
    words: str
    headline: bool = True
    expected: bool = False


def read_concepts(text: str) -> list[Concept]:
    """The concepts of a library, in its order. ``ValueError`` names the line that cannot be read."""
    concepts: list[Concept] = []
    lines: dict[str, int] = {}
    # Some editors begin a file with an invisible mark, which would make a comment a concept.
    for number, raw in enumerate(nfc(text).removeprefix("\ufeff").split("\n"), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        try:
            concept = _parse(line)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
        first = lines.setdefault(concept.title.casefold(), number)
        if first != number:
            raise ValueError(f"line {number}: the title “{concept.title}” is already on line {first}")
        concepts.append(concept)
    return concepts


def expecting(library: Sequence[Concept], lines: Iterable[str]) -> tuple[Concept, ...]:
    """The library with the themes that one evening expects; those go before what is called the same.

    Raises:
        Invalid: ``bad_expected``.
    """
    expected = [Concept(*split_expected(line), expected=True) for line in read_expected(lines)]
    titles = {same_label(concept.title) for concept in expected}
    return (*(concept for concept in library if same_label(concept.title) not in titles), *expected)


def shipped() -> tuple[Concept, ...]:
    """The library that comes with this version."""
    text = resources.files(__name__).joinpath("sv.txt").read_text(encoding="utf-8")
    return tuple(read_concepts(text))


def _parse(line: str) -> Concept:
    title, _, words = (part.strip() for part in line.partition(":"))
    if not title or not words:
        raise ValueError("a concept is a title, a colon and a few words")
    if len(line) > MAX_LINE:
        raise ValueError(f"a concept has at most {MAX_LINE} characters, this one has {len(line)}")
    if title.startswith("(") and title.endswith(")"):
        return Concept(title[1:-1].strip(), words, headline=False)
    return Concept(title, words)
