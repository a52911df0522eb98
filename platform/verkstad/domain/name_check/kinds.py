"""The words of the check: what was found, where, and what people say of it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What has been found; `OTHER` is for what a person has marked and no check knows."""

    IDENTITY = "identity"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"
    OTHER = "other"


class Decision(StrEnum):
    """What a person says of a finding; the third thing to do is to hide the note."""

    KEEP = "keep"
    MASK = "mask"


class Finding(NamedTuple):
    """A piece of a text, in code points."""

    start: int
    end: int
    kind: Kind

    def overlaps(self, other: Finding) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Finding) -> bool:
        return self.start <= other.start and other.end <= self.end
