"""The neutral document: what every format shows, before it is any format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from verkstad.documents.bidi import closing
from verkstad.domain.note import has_unprintable


@dataclass(frozen=True, slots=True)
class Text:
    """Words of ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words of somebody else, shown as they stand and never read as markup."""

    text: str

    def __post_init__(self) -> None:
        # No document can hold some characters, and XML with one of them opens in no program. They are rare: most
        # texts are told to be free of them at once.
        if not self.text.isprintable():
            object.__setattr__(self, "text", "".join("\ufffd" if has_unprintable(c) else c for c in self.text))

    @property
    def lines(self) -> list[str]:
        return re.split(r"\r\n|\r|\n", self.text)

    @property
    def closing(self) -> str:
        """What must follow the text, outside it, to end the turns of direction it left open."""
        return closing(self.text)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a note, ``G5·7``: the place itself when it has an ``anchor``, a link when it has a ``target``."""

    mark: str
    anchor: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Words of ours that lead to a place in the same document."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A quiet remark of ours beside what somebody said."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Words of somebody who said that they are strong, or emphasised."""

    style: Literal["strong", "emphasis"]
    inlines: Inlines


Inline = Text | Said | Styled | Mark | Link | Aside
Inlines = tuple[Inline, ...]


def flat(inlines: Inlines) -> Inlines:
    """The same on one line, for headings and cells, whose structure a line break would end."""
    return tuple(Said(" ".join(i.lines)) if isinstance(i, Said) else i for i in inlines)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title, and no level is ever skipped."""

    level: Literal[1, 2, 3, 4]
    inlines: Inlines
    anchor: str | None = None
    new_page: bool = False  # where there are pages
    section: str | None = None  # of the summary's lines, where they can stand below it

    @property
    def flat(self) -> Inlines:
        return flat(self.inlines)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` stands under the title and says when and where, ``line`` is the id of a summary's line."""

    inlines: Inlines
    lead: bool = False
    line: str | None = None


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; an item is never split over two pages."""

    items: tuple[Inlines, ...]


# How much wider the last column of a table of words is than each of the others.
WIDEST = 1.6


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; the first column names the row, the others hold figures, or ``words``."""

    caption: str
    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    total: bool = False  # the last row sums the others
    words: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures that a table beside it gives as numbers; formats without pictures leave it out."""

    name: str  # an id: ASCII, a letter first
    title: str
    description: str  # what it shows, for who does not see it
    width: int  # of the SVG's own unit, like the height
    height: int
    svg: str


Block = Heading | Paragraph | BulletList | Table | Chart


# How many times larger type is in a document for who reads with effort: 11 points are 14.
LARGER = 1.27


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; ``language`` is a tag such as ``sv``, ``made_at`` a time in UTC if it is known."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    made_at: datetime | None = None
    large: bool = False  # larger type, for who reads with effort
    code: str | None = None  # the workshop's

    @property
    def short_title(self) -> str:
        """The title where only a line is left for it, at the foot of pages."""
        title = Said(" ".join(self.title.split())).text
        return title if len(title) <= 80 else title[:79].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under a header, for spreadsheets."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    widths: tuple[int, ...]  # of the columns, in characters
