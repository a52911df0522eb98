"""CSV: RFC 4180 to the letter, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from unit.documents.evenings import ENGLISH, full_evening, plain_evening
from verkstad.documents import Format, View, render


def content(*texts: str, **changes: object) -> bytes:
    return render(plain_evening(texts, **changes), Format.CSV, View.FULL, ENGLISH)  # type: ignore[arg-type]


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_file_is_utf_8_with_its_mark_and_every_cell_quoted() -> None:
    data = content("Åäö")
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == ""
    assert all(line.startswith('"') and line.endswith('"') for line in lines[:-1])
    assert ",," not in lines[1]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert rows(content(text))[1][4] == f"'{text}"


@pytest.mark.parametrize("text", ["1+1=2", "a=b", "'quoted'", 'say "yes", please', "two\r\nlines", " =1"])
def test_everything_else_stands_as_it_was_written(text: str) -> None:
    assert rows(content(text))[1][4] == text


def test_names_and_questions_are_as_harmless_as_notes() -> None:
    evening = full_evening()
    data = content("a", groups=tuple(type(g)(g.number, "=cmd") for g in evening.groups))
    assert rows(data)[1][2] == "'=cmd"


def test_one_row_a_note_that_may_be_shown() -> None:
    found = rows(render(full_evening(), Format.CSV, View.FULL, ENGLISH))
    assert len(found) == 1 + 10
    assert {len(row) for row in found} == {9}
