"""What every reader of a hand-made compilation hands on: its headings, list items and paragraphs, in order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of text, verbatim, without the marks that made it a heading or an item.

    ``line`` is where it begins: the line of a text file, the paragraph of a word-processor file.
    """

    kind: Kind
    text: str
    line: int
