"""What stands above the first group of a compilation: its title, date and place, and a preface of the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from verkstad.services.imports.blocks import Block, Kind
from verkstad.services.imports.checks import PREFACE, TITLE, plain_text
from verkstad.services.imports.marks import find_date

_PLACE = re.compile(r"(?:plats|place|lokal|venue)\s*:\s*(?P<place>\S[^\n]*)$", re.IGNORECASE)
_DATE_LABEL = re.compile(r"(?:datum|date|den)\s*+(?::\s*+)?$", re.IGNORECASE)
_EDGES = " \t\u00a0,.:;·–—-()"


@dataclass(frozen=True)
class Front:
    title: str
    held_on: date | None
    place: str
    preface: str

    @classmethod
    def read(cls, blocks: Sequence[Block], name: str) -> Front:
        """``name`` is the title of a document that has none."""
        title, rest = _take_title(blocks)
        held_on, title = _take_date(title)
        preface: list[Block] = []
        place = ""
        for block in rest:
            labelled = _PLACE.match(block.text)
            dated, left = _take_date(block.text)
            if labelled and not place:
                place = labelled["place"].strip()
            elif dated and not held_on and (not left or _DATE_LABEL.match(left)):
                held_on = dated
            else:
                preface.append(block)
        line = blocks[0].line if blocks else 1
        return cls(
            title=plain_text(title or name.strip() or "Import", line, TITLE),
            held_on=held_on,
            place=plain_text(place, line, TITLE),
            preface=plain_text(_as_text(preface), line, PREFACE),
        )


def _take_title(blocks: Sequence[Block]) -> tuple[str, list[Block]]:
    """The first heading, or a first line that could be one, and the blocks without it."""
    titles = [block for block in blocks if block.kind is Kind.HEADING]
    if not titles and blocks and blocks[0].kind is Kind.PARAGRAPH and "\n" not in blocks[0].text:
        titles = [blocks[0]] if len(blocks[0].text) <= 200 else []
    if not titles:
        return "", list(blocks)
    return " ".join(titles[0].text.split()), [block for block in blocks if block is not titles[0]]


def _take_date(line: str) -> tuple[date | None, str]:
    """The date at either end of a line, and the line without it; one in the middle stays in the line as well."""
    found = find_date(line)
    if found is None:
        return None, line
    before, after = found.before.strip(_EDGES), found.after.strip(_EDGES)
    return found.day, line if before and after else before or after


def _as_text(blocks: Sequence[Block]) -> str:
    lines = [f"- {block.text}" if block.kind is Kind.ITEM else block.text for block in blocks]
    return "\n".join(lines)
