"""A line's words as a word processor has them: runs that are strong, emphasised, both or neither; and back again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from verkstad.documents.emphasis import styled
from verkstad.documents.tree import Inlines, Said, Styled


class Run(NamedTuple):
    """Words that look alike."""

    text: str
    strong: bool = False
    emphasis: bool = False


# The marks of a line's sources, as `[G1·4, G5·7]`, wherever somebody has gone on writing after them.
_SOURCES = re.compile(r"\s*\[\s*G\d+·\d+(?:\s*,\s*G\d+·\d+)*\s*\]")


def as_read(text: str) -> str:
    """The text of a line as it comes back from a Word file that nobody has changed."""
    return marked_up(_runs(styled(text.strip())))


def marked_up(runs: Iterable[Run]) -> str:
    """The runs as a line is written, with ``**`` and ``*``, and without the marks of sources.

    Where the signs would not be read as they are meant, between two letters for instance, the words come alone.
    """
    runs = list(runs)
    for text in sorted((_nested(runs, "strong"), _nested(runs, "emphasis")), key=len):
        if _looks(_runs(styled(text))) == _looks(runs):
            return without_sources(text)
    return without_sources("".join(run.text for run in runs))


def without_sources(text: str) -> str:
    return _SOURCES.sub("", text).strip()


def _runs(inlines: Inlines, *, strong: bool = False, emphasis: bool = False) -> list[Run]:
    runs: list[Run] = []
    for inline in inlines:
        if isinstance(inline, Styled):
            is_strong = inline.style == "strong"
            runs += _runs(inline.inlines, strong=strong or is_strong, emphasis=emphasis or not is_strong)
        elif isinstance(inline, Said):
            runs.append(Run("\n".join(inline.lines) + inline.closing, strong, emphasis))
    return runs


def _looks(runs: Sequence[Run]) -> list[tuple[str, bool, bool]]:
    """Each sign with its looks; blanks have none."""
    return [(c, run.strong, run.emphasis) for run in runs for c in run.text if not c.isspace()]


def _nested(runs: Sequence[Run], outer: str) -> str:
    signs, inner = ("**", "*") if outer == "strong" else ("*", "**"), "emphasis" if outer == "strong" else "strong"
    text = ""
    for is_outer, group in groupby(runs, key=lambda run: getattr(run, outer)):
        within = ""
        for is_inner, alike in groupby(group, key=lambda run: getattr(run, inner)):
            within += _between(signs[1] if is_inner else "", "".join(run.text for run in alike))
        text += _between(signs[0] if is_outer else "", within)
    return text


def _between(sign: str, text: str) -> str:
    """The text between two signs, but for the blanks at its ends."""
    words = text.strip()
    if not sign or not words:
        return text
    start = text.index(words)
    return f"{text[:start]}{sign}{words}{sign}{text[start + len(words) :]}"
