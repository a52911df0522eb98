"""Minutes: what the secretary wrote around the dialogue, in the order of the agenda."""

from __future__ import annotations

import pytest

from unit.documents.evenings import full_evening, plain_evening
from unit.documents.test_compilation import compiled, outline
from verkstad.documents.formats import View
from verkstad.domain.minutes import Attendance, Item, Minutes, Occasion, Part, WorkGroup
from verkstad.domain.workshop_file import FileGroup, WorkshopFile

WRITTEN = Minutes(
    called="The council",
    time="4 pm",
    present=(Attendance("Associations", ("Ann, the chess club", "Bo")), Attendance("", ("Cai",))),
    absent=("Di",),
    items=(
        Item(
            "Welcome",
            "The chair opens.\nAll present themselves.\n\n# Before we begin\n- fire exits\n- coffee\nThat was it.",
        ),
        Item("The dialogue", "We talked.", Part.DIALOGUE),
        Item("Groups", part=Part.WORK_GROUPS),
    ),
    work_groups=(WorkGroup("A map", ("Ann", "Bo")), WorkGroup("A rule")),
    calendar=(Occasion("? April", "5 pm", "The hall", "Theme evening"),),
    taken_by="Eve, secretary",
)


def lines_of(evening: WorkshopFile) -> list[str]:
    return outline(compiled(evening, View.MINUTES).blocks)


def test_everything_written_stands_in_the_order_of_the_agenda() -> None:
    evening = plain_evening(
        ["a", "b"], questions=(), groups=(FileGroup(1), FileGroup(2)), minutes=WRITTEN, language="en"
    )
    assert lines_of(evening) == [
        "# An evening of dialogue",
        *("## Calling", "- Called: The council", "- Date: 14 May 2024", "- Time: 4 pm", "- Place: The library"),
        *("## Present", "### Associations", "- Ann, the chess club", "- Bo", "- Cai"),
        *("## Absent", "- Di"),
        *(
            "## 1. Welcome",
            "The chair opens.\nAll present themselves.",
            "### Before we begin",
            "- fire exits",
            "- coffee",
        ),
        "That was it.",
        *("## 2. The dialogue", "We talked.", "### Group 1", "- a", "### Group 2", "- b"),
        *("## 3. Groups", "### A map", "Members: Ann, Bo", "### A rule", "Members: nobody yet"),
        *("## Calendar", "| Date | Time | Place | What", "| ? April | 5 pm | The hall | Theme evening"),
        *("## Notes taken by", "Eve, secretary"),
    ]


def test_minutes_that_nobody_wrote_say_so_and_have_the_dialogue() -> None:
    lines = lines_of(full_evening())
    assert "Nothing has been written in the minutes yet." in lines
    assert "- Thought number 0 of the evening" in lines


def test_a_dialogue_under_no_item_is_not_left_out() -> None:
    lines = lines_of(plain_evening(["a"], minutes=Minutes(items=(Item("Welcome"),))))
    assert lines.index("## 1. Welcome") < lines.index("## The dialogue") < lines.index("- a")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part.DIALOGUE, "No notes."),
        (Part.WORK_GROUPS, "No work groups have been formed."),
        (Part.CALENDAR, "The calendar is empty."),
        (Part.WATCH_LIST, "The list is empty."),
    ],
)
def test_a_part_with_nothing_in_it_says_so(part: Part, said: str) -> None:
    assert said in lines_of(plain_evening([], minutes=Minutes(items=(Item("An item", part=part),))))
