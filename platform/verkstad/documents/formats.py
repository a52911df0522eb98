"""Which files a summary comes as, and which views of the evening they can show."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """A file format; the value is also the file's extension."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    MD = "md"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"

    @property
    def extension(self) -> str:
        return self.value

    @property
    def mime(self) -> str:
        return _MIME[self]

    @property
    def is_data(self) -> bool:
        """Whether the file holds the whole evening as rows or data, and so is the same in every view."""
        return self in {Format.XLSX, Format.CSV, Format.JSON}


_MIME = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.PDF: "application/pdf",
    Format.MD: "text/markdown; charset=utf-8",
    Format.HTML: "text/html; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.JSON: "application/json",
}


class View(StrEnum):
    """How an evening is told."""

    GROUPS = "groups"
    QUESTIONS = "questions"
    THEMES = "themes"
    FULL = "full"
    EASY = "easy"
    MINUTES = "minutes"
