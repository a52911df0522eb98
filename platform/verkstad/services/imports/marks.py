"""What the look of a line says: a list item, a heading, a group's heading, a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from babel.dates import get_month_names

from verkstad.services.imports.blocks import Block, Kind

_GROUP = re.compile(
    r"(?P<word>(?:samtals|diskussions|arbets)?grupp|bord|group|table)\s*+(?:(?:nr\.?|nummer|no\.?|number|#)\s*+)?"
    r"(?P<number>\d{1,3})\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SEPARATORS = " \t\u00a0.:;,()–—-"


@dataclass(frozen=True, slots=True)
class GroupHeading:
    number: int
    name: str
    english: bool


def group_heading(block: Block) -> GroupHeading | None:
    """The group that a heading such as *Grupp 3*, *Bord 3: Ungdomsrådet* or *Table 3* opens.

    A line that is not marked as a heading has to be short and bare: *Grupp 3 tyckte att …* is a sentence.
    """
    found = _GROUP.match(block.text.strip()) if block.kind is not Kind.ITEM else None
    if found is None or "\n" in found["rest"]:
        return None
    rest = found["rest"].strip()
    bare = not rest or (rest[0] in _SEPARATORS and len(rest) <= 60)
    if block.kind is Kind.PARAGRAPH and not bare:
        return None
    english = found["word"].lower() in {"group", "table"}
    return GroupHeading(int(found["number"]), rest.strip(_SEPARATORS), english)


def opens_group(line: str) -> bool:
    """Whether an unmarked line is the heading of a group."""
    return group_heading(Block(Kind.PARAGRAPH, line, 0)) is not None


_ITEM = re.compile(
    r"(?P<mark>[-*+–—·‣⁃◦○▪■•●]|o(?=\t)|\d{1,3}[.)])"
    r"(?:(?P<gap>[ \t\u00a0]+)(?P<text>.*)|(?<=[•●])(?P<close>.+)|)$"
)


@dataclass(frozen=True, slots=True)
class TypedItem:
    """The text of a list item and how far into the line it begins."""

    text: str
    column: int


def typed_item(line: str) -> TypedItem | None:
    """The item that a line without its indentation is, if it begins with a mark: a dash, a bullet, a number."""
    found = _ITEM.match(line)
    if found is None:
        return None
    gap = len((found["gap"] or "").expandtabs(4))
    return TypedItem(found["text"] or found["close"] or "", len(found["mark"]) + min(gap, 4))


def looks_like_heading(text: str) -> bool:
    """Whether an unmarked line that stands right above a list reads as its heading."""
    text = text.strip()
    return len(text) <= 80 and "\n" not in text and text[:1].isupper() and text[-1] not in ".,;!"


_MONTHS = {
    name.lower(): month
    for language in ("sv", "en")
    for width in ("wide", "abbreviated")
    for month, name in get_month_names(width, locale=language).items()
}
_MONTH = "|".join(re.escape(name) for name in sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_WRITTEN = re.compile(
    rf"(?<!\w)(?:den )?(?P<day>\d{{1,2}})[. ]+(?P<name>{_MONTH})\.?,? (?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and what stands around it."""

    day: date
    before: str
    after: str


def find_date(text: str) -> FoundDate | None:
    """The first date in a line, written *2023-03-06* or *6 mars 2023*."""
    for pattern in (_ISO, _WRITTEN):
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = int(parts["month"]) if "month" in parts else _MONTHS[parts["name"].lower()]
            try:
                day = date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                continue
            return FoundDate(day, text[: found.start()], text[found.end() :])
    return None
