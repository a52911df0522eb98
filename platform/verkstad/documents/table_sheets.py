"""One A4 for each table: the way in, the questions, and numbered boxes for whoever writes on paper."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from verkstad.documents.phrases import Phrases, language_tag
from verkstad.documents.tree import Said
from verkstad.documents.typesetting import typeset
from verkstad.domain.join_code import spell_join_code
from verkstad.domain.words import Words
from verkstad.domain.workshop_file import FileGroup

# What a page has room for in 14 points beside the way in: more questions, fewer boxes.
_MAX_QUESTIONS = 8
_MAX_PROMPT = 140
_BOXES = {0: 8, 1: 8, 2: 8, 3: 8, 4: 6, 5: 6}
_FEWEST_BOXES = 4


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A table, by its number; ``join_url`` is the secret address that its QR code holds."""

    number: int
    name: str
    join_url: str


def table_sheets(
    title: str,
    language: str,
    code: str,
    address: str,
    tables: Sequence[TableSheet],
    questions: Sequence[str],
    words: Words,
) -> bytes:
    """The sheets as one PDF/UA-1, a page a table; ``address`` is the short one that people type.

    Raises:
        ValueError: when there are no tables.
    """
    if not tables:
        raise ValueError("no tables")
    tag, _, region = language_tag(language).partition("-")
    asked = [_brief(q) for q in questions]
    data: dict[str, object] = {
        "title": _line(title),
        "language": tag,
        "region": region,
        "tables": [_table(table, Phrases(words, language)) for table in tables],
        "steps": _steps(words),
        "address": _line(address),
        "code": spell_join_code(code),
        "questions": asked[:_MAX_QUESTIONS],
        "more": _more(len(asked) - _MAX_QUESTIONS, words),
        "boxes": _BOXES.get(len(asked), _FEWEST_BOXES),
        "labels": _labels(len(asked), words),
    }
    return typeset("table_sheet.typ", data, None, lambda _: "").pdf


def _table(table: TableSheet, phrases: Phrases) -> dict[str, object]:
    gettext = phrases.words.gettext
    heading = gettext("Table %(number)d") % {"number": table.number}
    qr = io.BytesIO()
    segno.make(table.join_url, error="m", micro=False).save(qr, kind="svg", border=0, xmldecl=False)
    return {
        "heading": heading,
        "name": _line(phrases.distinct_name(FileGroup(table.number, table.name))),
        "qr": qr.getvalue().decode(),
        "alt": gettext("QR code: the way in for %(table)s") % {"table": heading},
    }


def _steps(words: Words) -> list[str]:
    return [
        words.gettext("Point your phone's camera at the square."),
        words.gettext("Or go to this address and type the code:"),
        words.gettext("Write what you think. No app, no account, no name."),
    ]


def _labels(questions: int, words: Words) -> dict[str, str]:
    return {
        "join": words.gettext("How to join"),
        "questions": words.ngettext("Tonight's question", "Tonight's questions", max(questions, 1)),
        "paper": words.gettext("No phone? Write here, one thought in each box."),
        "question": words.gettext("Question:") if questions > 1 else "",
    }


def _more(n: int, words: Words) -> str:
    if n <= 0:
        return ""
    return words.ngettext("and %(num)d more on the screen", "and %(num)d more on the screen", n) % {"num": n}


def _brief(prompt: str) -> str:
    line = _line(prompt)
    return line if len(line) <= _MAX_PROMPT else line[: _MAX_PROMPT - 1].rstrip() + "…"


def _line(text: str) -> str:
    return " ".join(Said(text).text.split())
