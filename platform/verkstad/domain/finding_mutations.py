"""The part of the vocabulary that says what becomes of names and numbers."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from verkstad.domain.line import MAX_LINE
from verkstad.domain.mutation import Key, Mutation
from verkstad.domain.name_check import Decision, Kind
from verkstad.domain.roles import Right

Place = Annotated[int, Meta(ge=0, le=MAX_LINE)]


class FindingDecide(Mutation, frozen=True, tag="finding.decide"):
    """Of these words, in a note or in a line: they stand as they are, for a reason, or are masked in documents.

    ``start`` and ``end`` are code points; ``words`` are what stood there, and ``seen`` the whole text that was shown:
    what is decided of it is said of its every word. ``found`` is what they are.
    """

    right = Right.SUMMARISE
    start: Place
    end: Place
    words: str
    seen: str
    found: Kind
    decision: Decision
    reason: str = ""
    note: Key | None = None
    line: Key | None = None
