"""`verkstad-workshop/1`: a whole evening as data.

The same structure is what an import reads, what an export writes, and what every summary is made from.
Fields after the first block of each struct are what an export adds; leaving them out is always allowed.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

import msgspec

from verkstad.domain.note import Source
from verkstad.domain.workshop import State

FORMAT: Final = "verkstad-workshop/1"


class FileQuestion(msgspec.Struct, frozen=True):
    """A question; ``id`` is the file's own and is kept."""

    id: str
    prompt: str
    help: str = ""
    kind: Literal["notes"] = "notes"

    easy: str = ""  # lättläst
    shared: bool = False
    opened_at: datetime | None = None
    closed_at: datetime | None = None


class FileGroup(msgspec.Struct, frozen=True):
    """A table, by the number it had that evening."""

    number: int
    name: str = ""


class FileHidden(msgspec.Struct, frozen=True):
    """Why a note was taken out of sight, by whom (a name or role, never a device) and when."""

    reason: str
    by: str = ""
    at: datetime | None = None


class FileNote(msgspec.Struct, frozen=True):
    """A note, verbatim; ``question`` None means under no heading. A withdrawn note has no text."""

    id: str
    group: int
    text: str
    question: str | None = None
    source: Source = Source.IMPORT
    created_at: datetime | None = None

    late: bool = False
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    hidden: FileHidden | None = None

    @property
    def visible(self) -> bool:
        """Whether the note is part of the summary: neither withdrawn nor hidden."""
        return self.withdrawn_at is None and self.hidden is None


class FileTheme(msgspec.Struct, frozen=True):
    """A theme people accepted or made; ``notes`` are note ids in order."""

    id: str
    label: str
    notes: tuple[str, ...] = ()
    question: str | None = None


class WorkshopFile(msgspec.Struct, frozen=True):
    """One evening. ``code``, ``exported_at`` and ``revision`` say where an export came from."""

    format: Literal["verkstad-workshop/1"]
    title: str
    held_on: date | None = None
    place: str = ""
    language: Literal["sv", "en"] = "sv"
    questions: tuple[FileQuestion, ...] = ()
    groups: tuple[FileGroup, ...] = ()
    notes: tuple[FileNote, ...] = ()
    themes: tuple[FileTheme, ...] = ()

    preface: str = ""  # a line above the groups, such as 003's remark on its numbering
    participants: int | None = None
    state: State | None = None
    code: str | None = None
    revision: int | None = None
    exported_at: datetime | None = None


def encode(evening: WorkshopFile) -> bytes:
    """The evening as the UTF-8 JSON of the format, indented so that people can read and compare it."""
    return msgspec.json.format(msgspec.json.encode(evening), indent=2) + b"\n"
