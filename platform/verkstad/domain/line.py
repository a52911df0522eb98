"""A line of the summary: one paragraph that somebody stands for."""

from __future__ import annotations

from datetime import timedelta

from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Invalid
from verkstad.domain.note import MAX_ID_LENGTH, check_printable

MAX_LINE = 4000  # Unicode code points after NFC
MAX_SOURCES = 500  # notes that one line builds on

# How long a line is somebody's own to write in, unless they say that they still are.
HOLD = timedelta(seconds=30)

INTRODUCTION = "intro"
TENSIONS = "tensions"
ANSWERS = "answers"
VOICES = "voices"
SECTIONS = frozenset({INTRODUCTION, TENSIONS, ANSWERS, VOICES})

# Where a line can stand: in a part that every summary has, or under a theme, a question or a group.
SECTION = (
    rf"^(?:{'|'.join(sorted(SECTIONS))}"
    rf"|(?:theme|question):[A-Za-z0-9_.:-]{{1,{MAX_ID_LENGTH}}}|group:(?:0|[1-9][0-9]{{0,8}}))\Z"
)


def of_theme(theme: str) -> str:
    """The section of a theme."""
    return f"theme:{theme}"


def of_question(question: str) -> str:
    """The section of a question."""
    return f"question:{question}"


def of_group(number: int) -> str:
    """The section of a group."""
    return f"group:{number}"


def check_line(text: str) -> str:
    """The text as it is stored: NFC, otherwise as it was written. Empty is one that is not written yet.

    Raises:
        Invalid: ``line_too_long`` or ``control_characters``.
    """
    text = nfc(text)
    if len(text) > MAX_LINE:
        raise Invalid(
            "line_too_long",
            N_("The line has %(length)s characters. It holds %(limit)s: make it two."),
            length=len(text),
            limit=MAX_LINE,
        )
    return check_printable(text)
