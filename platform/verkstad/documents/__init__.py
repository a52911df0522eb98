"""Pure: an evening in, the bytes of a file out.

Each format's library is loaded with the first file of its kind: together they are a fifth of a server's memory.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from verkstad.documents.compilation import compile_document, utc
from verkstad.documents.formats import Format, View
from verkstad.documents.sheets import all_sheets, note_sheet
from verkstad.documents.table_sheets import TableSheet, table_sheets
from verkstad.domain.words import Words
from verkstad.domain.workshop_file import WorkshopFile, encode

__all__ = ["Format", "TableSheet", "View", "render", "table_sheets"]


def render(
    evening: WorkshopFile,
    fmt: Format,
    view: View,
    words: Words,
    warn: Callable[[str], object] = lambda _: None,
) -> bytes:
    """The evening as a file. ``words`` are those of the evening's language; data formats ignore the view.

    ``warn`` is told, in those words, when the file is less than it should be. What was withdrawn is in no format; what
    was hidden is in JSON only, where a copy of the evening needs it.
    """
    match fmt:
        case Format.DOCX:
            from verkstad.documents.docx_file import render_docx

            return render_docx(compile_document(evening, view, words))
        case Format.ODT:
            from verkstad.documents.odt_file import render_odt

            return render_odt(compile_document(evening, view, words))
        case Format.PDF:
            from verkstad.documents.pdf_file import render_pdf

            return render_pdf(compile_document(evening, view, words), words, warn)
        case Format.MD:
            from verkstad.documents.markdown_text import render_markdown

            return render_markdown(compile_document(evening, view, words))
        case Format.HTML:
            from verkstad.documents.html_page import render_html

            return render_html(compile_document(evening, view, words))
        case Format.XLSX:
            from verkstad.documents.xlsx_file import render_xlsx

            return render_xlsx(evening.title, all_sheets(evening, words), utc(evening.exported_at))
        case Format.CSV:
            from verkstad.documents.csv_file import render_csv

            return render_csv(note_sheet(evening, words))
        case Format.JSON:
            return encode(_without_withdrawn(evening))


def _without_withdrawn(evening: WorkshopFile) -> WorkshopFile:
    """The evening with no text in any withdrawn note, whoever left one there."""
    notes = tuple(n if n.withdrawn_at is None else msgspec.structs.replace(n, text="") for n in evening.notes)
    return msgspec.structs.replace(evening, notes=notes)
