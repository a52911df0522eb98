"""The themes that a facilitator expects of an evening: a title, a colon and a few words each, or a title alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Invalid
from verkstad.domain.note import has_unprintable
from verkstad.domain.theme import MAX_LABEL, same_label

MAX_EXPECTED = 40
MAX_LINE = 200  # longer ones are about several things at once, and tell fewer notes apart


def read_expected(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines that say something, in NFC and with single spaces.

    Raises:
        Invalid: ``bad_expected``; ``line`` is the number of the first line that cannot be kept.
    """
    kept: list[str] = []
    titles: set[str] = set()
    for number, raw in enumerate(lines, 1):
        if not (line := " ".join(nfc(raw).split())):
            continue
        title, _ = split_expected(line)
        for message, more in _faults(line, title, titles, len(kept)):
            raise Invalid("bad_expected", message, line=number, **more)
        titles.add(same_label(title))
        kept.append(line)
    return tuple(kept)


def split_expected(line: str) -> tuple[str, str]:
    """The title of an expected theme, and how people put it."""
    title, _, words = line.partition(":")
    return title.strip(), words.strip()


def _faults(line: str, title: str, titles: set[str], count: int) -> Iterator[tuple[str, dict[str, object]]]:
    if not title:
        yield N_("Line %(line)s: write the name of the theme before the colon."), {}
    if len(line) > MAX_LINE:
        yield N_("Line %(line)s: a line has at most %(limit)s characters."), {"limit": MAX_LINE}
    if len(title) > MAX_LABEL:
        yield N_("Line %(line)s: the name of a theme has at most %(limit)s characters."), {"limit": MAX_LABEL}
    if has_unprintable(line):
        yield N_("Line %(line)s: there are invisible control characters. Type it again instead of pasting it."), {}
    if same_label(title) in titles:
        yield N_("Line %(line)s: the theme “%(title)s” is on a line above already."), {"title": title}
    if count >= MAX_EXPECTED:
        yield N_("Line %(line)s: at most %(limit)s themes can be expected."), {"limit": MAX_EXPECTED}
