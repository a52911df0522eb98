"""A workbook: one table a sheet, header row frozen, and nothing in it that calculates or links."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.workbook import Workbook

from verkstad.documents.tree import Said, Sheet

# Beyond this many characters in one cell Excel refuses the file.
_MAX_CELL = 32_767
_LINE, _HIGHEST = 15, 409  # points
_AIR = 5  # characters of a column that indents, filters and long words take from a line
# The format wants a time; without one known, the same evening gives the same bytes.
_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)


def render_xlsx(title: str, sheets: tuple[Sheet, ...], made_at: datetime | None = None) -> bytes:
    """The sheets as an Office Open XML workbook; every text is written as text, whatever it begins with."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": _plain(title), "created": (made_at or _UNKNOWN).replace(tzinfo=None)})
        looks = _Looks(book)
        for sheet in sheets:
            _write(book, sheet, looks)
    return out.getvalue()


class _Looks:
    """The formats of cells: words to the left with a little air, figures to the right, and their headings above."""

    def __init__(self, book: Workbook) -> None:
        cell = {"text_wrap": True, "valign": "top"}
        heading = {**cell, "bold": True, "font_color": "#1F5645", "bottom": 2, "bottom_color": "#1F5645"}
        self.text: CellFormat = book.add_format({**cell, "align": "left", "indent": 1})
        self.figure: CellFormat = book.add_format({**cell, "align": "right"})
        self.text_heading: CellFormat = book.add_format({**heading, "align": "left", "indent": 1})
        self.figure_heading: CellFormat = book.add_format({**heading, "align": "right"})


def _write(book: Workbook, sheet: Sheet, looks: _Looks) -> None:
    page = book.add_worksheet(sheet.name)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    figures = {column for row in sheet.rows[:1] for column, value in enumerate(row) if isinstance(value, int)}
    for column, name in enumerate(sheet.header):
        page.write_string(0, column, _plain(name), looks.figure_heading if column in figures else looks.text_heading)
    page.set_row(0, _height(sheet.header, sheet.widths))
    for at, row in enumerate(sheet.rows, 1):
        page.set_row(at, _height(row, sheet.widths))
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(at, column, value, looks.figure)
            elif value:
                page.write_string(at, column, _plain(value), looks.text)
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
    # On paper: A4 on its side, as wide as the table, the header on every page.
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _height(row: tuple[str | int, ...], widths: tuple[int, ...]) -> int:
    """The height in points that shows the row's highest cell whole; not every program finds it out by itself."""
    cells = [_plain(value).split("\n") if isinstance(value, str) else [""] for value in row]
    lines = [
        sum(1 + len(line) // max(width - _AIR, 1) for line in cell) for cell, width in zip(cells, widths, strict=True)
    ]
    return min(_LINE * max(lines) + 2, _HIGHEST)


def _plain(text: str) -> str:
    """The text with line feeds as its line breaks, which is how cells break lines."""
    return "\n".join(Said(text).lines)[:_MAX_CELL]
