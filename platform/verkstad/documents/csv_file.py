"""CSV by RFC 4180, with the mark that makes Excel read it as UTF-8."""

from __future__ import annotations

import csv
import io

from verkstad.documents.tree import Sheet

# What makes a spreadsheet take a cell for a formula, or a program for a command.
_LIVE = tuple("=+-@\t\r")


def render_csv(sheet: Sheet) -> bytes:
    """One row a note under one header row, every cell quoted, and a ``'`` before what would come alive."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(_inert, sheet.header))
    writer.writerows([_inert(value) if isinstance(value, str) else str(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_LIVE) else text
