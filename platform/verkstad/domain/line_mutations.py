"""The part of the vocabulary that writes the summary."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from verkstad.domain.line import MAX_SOURCES, SECTION
from verkstad.domain.mutation import Key, Mutation
from verkstad.domain.roles import Right

Section = Annotated[str, Meta(pattern=SECTION)]
# The notes that a line builds on.
Sources = Annotated[tuple[Key, ...], Meta(max_length=MAX_SOURCES)]


class LineAdd(Mutation, frozen=True, tag="line.add"):
    """A new line with the mutation's id, after another of its section, or first (None)."""

    right = Right.SUMMARISE
    section: Section
    after: Key | None
    text: str
    notes: Sources = ()
    theme: Key | None = None


class LineEdit(Mutation, frozen=True, tag="line.edit"):
    """What it says and what it builds on; ``seen`` is the revision of the line that was written in."""

    right = Right.SUMMARISE
    line: Key
    seen: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    text: str | None = None
    notes: Sources | None = None


class LineMove(Mutation, frozen=True, tag="line.move"):
    right = Right.SUMMARISE
    line: Key
    section: Section
    after: Key | None


class LineRemove(Mutation, frozen=True, tag="line.remove"):
    right = Right.SUMMARISE
    line: Key


class LineHold(Mutation, frozen=True, tag="line.hold"):
    """Nobody else writes in it for a while."""

    right = Right.SUMMARISE
    line: Key


class LineRelease(Mutation, frozen=True, tag="line.release"):
    right = Right.SUMMARISE
    line: Key
