"""The minutes of a meeting, *minnesanteckningar*: what was said and agreed around its dialogue."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import msgspec

MAX_LINE: Final = 300
MAX_TEXT: Final = 20_000
MAX_ENTRIES: Final = 200  # of any list
MAX_ITEMS: Final = 50

Line = Annotated[str, msgspec.Meta(max_length=MAX_LINE)]
Lines = Annotated[tuple[Line, ...], msgspec.Meta(max_length=MAX_ENTRIES)]


class Part(StrEnum):
    """What stands below the text of an item."""

    DIALOGUE = "dialogue"  # what each group wrote
    WORK_GROUPS = "work_groups"
    CALENDAR = "calendar"
    WATCH_LIST = "watch_list"


class Attendance(msgspec.Struct, frozen=True, omit_defaults=True):
    """Those who came from one body, such as a council or an office."""

    body: Line = ""
    people: Lines = ()


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """A point of the agenda. In its text, ``- `` begins an item of a list and ``# `` a heading; all else is words."""

    heading: Line
    text: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)] = ""
    part: Part | None = None


class WorkGroup(msgspec.Struct, frozen=True, omit_defaults=True):
    """A task and those who took it on."""

    task: Line
    members: Lines = ()


class Occasion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row of the calendar, in the secretary's words: a date may be *? april*."""

    date: Line = ""
    time: Line = ""
    place: Line = ""
    what: Line = ""


class Minutes(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that the minutes have beyond the workshop's own title, date, place and notes."""

    called: Line = ""  # who was called: the bodies that met
    time: Line = ""
    present: Annotated[tuple[Attendance, ...], msgspec.Meta(max_length=MAX_ITEMS)] = ()
    absent: Lines = ()
    items: Annotated[tuple[Item, ...], msgspec.Meta(max_length=MAX_ITEMS)] = ()
    work_groups: Annotated[tuple[WorkGroup, ...], msgspec.Meta(max_length=MAX_ENTRIES)] = ()
    calendar: Annotated[tuple[Occasion, ...], msgspec.Meta(max_length=MAX_ENTRIES)] = ()
    watch_list: Lines = ()
    taken_by: Line = ""

    @property
    def parts_without_item(self) -> tuple[Part, ...]:
        """What has content and stands under no item; it is shown after them, never left out."""
        content = {Part.WORK_GROUPS: self.work_groups, Part.CALENDAR: self.calendar, Part.WATCH_LIST: self.watch_list}
        placed = {item.part for item in self.items}
        return tuple(part for part, what in content.items() if what and part not in placed)
