"""`verkstad-workshop/1`: a whole evening as data.

The same structure is what an import reads, what an export writes, and what every summary is made from.
Fields after the first block of each struct are what an export adds; leaving them out is always allowed.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal

import msgspec

from verkstad.domain.line import MAX_SOURCES, SECTION
from verkstad.domain.minutes import Minutes
from verkstad.domain.mutation import Key
from verkstad.domain.note import Source
from verkstad.domain.theme import Asks, Side, ThemeOrder
from verkstad.domain.vote import MAX_CHOICES, MAX_DOTS, VoteEach, VoteOn
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
    """A note, verbatim; ``question`` None means under no heading.

    A withdrawn note has no text, and what a hidden one says is not told.
    """

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

    # How it is sorted. A file that does not say who placed a note in its theme was sorted by people.
    by_person: bool | None = None
    sure: bool = True
    second: str | None = None
    side: Side | None = None
    asks: Asks | None = None

    @property
    def visible(self) -> bool:
        """Whether the note is part of the summary: neither withdrawn nor hidden."""
        return self.withdrawn_at is None and self.hidden is None


class FileTheme(msgspec.Struct, frozen=True):
    """A theme; ``notes`` are note ids in order. Unless ``named`` by people its label is a suggestion."""

    id: str
    label: str
    notes: tuple[str, ...] = ()
    question: str | None = None

    named: bool = True
    keywords: tuple[str, ...] = ()
    quotation: str | None = None


class FileLine(msgspec.Struct, frozen=True):
    """A line of the summary; ``notes`` are the ids of its sources. The file's order is theirs within a section."""

    id: str
    section: Annotated[str, msgspec.Meta(pattern=SECTION)]
    text: str
    notes: Annotated[tuple[str, ...], msgspec.Meta(max_length=MAX_SOURCES)] = ()
    theme: str | None = None

    by: str = ""  # who wrote in it last
    at: datetime | None = None


class FileAdopted(msgspec.Struct, frozen=True):
    """That the summary has been adopted: which version of it, when, by whom, and where a file of it can be checked."""

    version: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    at: datetime
    by: str = ""
    verify: str = ""


Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class FileSum(msgspec.Struct, frozen=True):
    """What one choice got. A note's words are not repeated here."""

    id: Key
    text: str
    dots: Count


class FileVoting(msgspec.Struct, frozen=True):
    """A voting that has closed, with its result, the most dots first. Who laid them is told nowhere."""

    id: str
    on: VoteOn
    each: VoteEach
    dots: Annotated[int, msgspec.Meta(ge=1, le=MAX_DOTS)]
    opened_at: datetime
    closed_at: datetime
    result: Annotated[tuple[FileSum, ...], msgspec.Meta(max_length=MAX_CHOICES)]
    question: str | None = None
    voters: Count = 0
    lost: Count = 0


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
    lines: tuple[FileLine, ...] = ()

    theme_order: ThemeOrder = ThemeOrder.GROUPS
    votings: tuple[FileVoting, ...] = ()
    minutes: Minutes | None = None
    expected_themes: tuple[str, ...] = ()  # "Title: a few words" each, or a title alone
    preface: str = ""  # a line above the groups, such as 003's remark on its numbering
    participants: int | None = None
    state: State | None = None
    adopted: FileAdopted | None = None  # in the state *fastställd*
    code: str | None = None
    revision: int | None = None
    exported_at: datetime | None = None


def encode(evening: WorkshopFile) -> bytes:
    """The evening as the UTF-8 JSON of the format, indented so that people can read and compare it."""
    return msgspec.json.format(msgspec.json.encode(evening), indent=2) + b"\n"
