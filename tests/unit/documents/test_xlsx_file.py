"""The workbook: every note once, as text, and sheets that add up."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from unit.documents.evenings import AT, ENGLISH, HOSTILE, full_evening, hostile_evening, plain_evening
from verkstad.documents import Format, View, render


def book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def full() -> Workbook:
    return book(render(full_evening(), Format.XLSX, View.FULL, ENGLISH))


def test_each_sheet_is_one_table_under_a_frozen_header(full: Workbook) -> None:
    assert full.sheetnames == ["Notes", "Groups", "Questions", "Themes", "Themes by group", "Ledger"]
    for sheet in full:
        assert sheet.freeze_panes == "A2"
        assert not sheet.merged_cells.ranges
        header = [cell.value for cell in sheet[1]]
        assert all(header)
        assert len(header) == len(set(header))


def test_an_evening_without_questions_and_themes_has_no_sheets_of_them() -> None:
    content = render(plain_evening(["a"], questions=()), Format.XLSX, View.FULL, ENGLISH)
    assert book(content).sheetnames == ["Notes", "Groups", "Ledger"]


def test_themes_by_group_add_up(full: Workbook) -> None:
    rows = list(full["Themes by group"].iter_rows(values_only=True))
    assert rows[0] == ("Theme", "G1", "G2", "G3", "G4", "All")
    assert rows[1] == ("Three groups", 1, 1, 1, 0, 3)
    assert all(sum(row[1:-1]) == row[-1] for row in rows[1:])


def test_the_minutes_have_a_sheet_in_which_nothing_calculates() -> None:
    workbook = book(render(hostile_evening(), Format.XLSX, View.FULL, ENGLISH))
    rows = list(workbook["Minutes"].iter_rows(min_row=2))
    assert [cell.value for cell in rows[0]] == ["Called", HOSTILE[0]]
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    assert [row[1].value for row in rows if row[0].value == "Absent"] == [text[:300] for text in HOSTILE]


def test_every_text_is_a_string_whatever_it_begins_with() -> None:
    sheet = book(render(plain_evening(HOSTILE), Format.XLSX, View.FULL, ENGLISH)).worksheets[0]
    cells = [row[4] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(HOSTILE)
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_a_note_stands_with_its_mark_group_question_and_theme(full: Workbook) -> None:
    rows = list(full["Notes"].iter_rows(min_row=2, values_only=True))
    assert rows[0] == (
        "G1·1",
        1,
        None,
        None,
        "Thought number 0 of the evening",
        "One group's own",
        "Phone",
        "2024-05-14 18:30",
        None,
    )
    assert rows[2][6] == "Paper"
    assert rows[3][8] == "yes"
    assert {row[2] for row in rows if row[1] == 2} == {"The youth council"}


def test_groups_questions_themes_and_ledger_agree(full: Workbook) -> None:
    groups = list(full["Groups"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in groups] == [1, 2, 3, 4]
    assert all(sum(int(str(n)) for n in row[2:-1]) == row[-1] for row in groups)
    assert list(full["Themes"].values)[1] == ("Three groups", 3, 3, "G1·3, G2·4, G3·3")
    ledger = [(row[0], row[1]) for row in full["Ledger"].iter_rows(min_row=2, values_only=True)]
    assert sum(int(str(n)) for _, n in ledger[:-1]) == ledger[-1][1] == 12
    assert full["Ledger"]["C5"].value == "names a person: 1"


def test_title_and_time_are_told(full: Workbook) -> None:
    assert full.properties.title == "An evening of dialogue"
    assert full.properties.created == AT.replace(tzinfo=None)
