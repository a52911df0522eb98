"""What the formats of files are called on the pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from verkstad.documents import Format

FORMATS = {
    Format.DOCX: "Word",
    Format.ODT: "OpenDocument",
    Format.PDF: "PDF",
    Format.MD: "Markdown",
    Format.HTML: _l("Web page"),
    Format.XLSX: "Excel",
    Format.CSV: "CSV",
    Format.JSON: _l("Workshop file"),
}
