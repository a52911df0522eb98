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
# The format wants a time; without one known, the same evening gives the same bytes.
_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)


def render_xlsx(title: str, sheets: tuple[Sheet, ...], made_at: datetime | None = None) -> bytes:
    """The sheets as an Office Open XML workbook; every text is written as text, whatever it begins with."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": _plain(title), "created": (made_at or _UNKNOWN).replace(tzinfo=None)})
        header = book.add_format({**_TOP, **_HEADER})
        text = book.add_format(_TOP)
        for sheet in sheets:
            _write(book, sheet, header, text)
    return out.getvalue()


_TOP = {"text_wrap": True, "valign": "top"}
_HEADER = {"bold": True, "font_color": "#1F5645", "bottom": 2, "bottom_color": "#1F5645"}


def _write(book: Workbook, sheet: Sheet, header: CellFormat, text: CellFormat) -> None:
    page = book.add_worksheet(sheet.name)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for column, name in enumerate(sheet.header):
        page.write_string(0, column, _plain(name), header)
    for at, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(at, column, value, text)
            elif value:
                page.write_string(at, column, _plain(value), text)
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
    # On paper: A4 on its side, as wide as the table, the header on every page.
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _plain(text: str) -> str:
    """The text with line feeds as its line breaks, which is how cells break lines."""
    return "\n".join(Said(text).lines)[:_MAX_CELL]
