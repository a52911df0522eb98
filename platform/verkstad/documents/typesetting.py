"""Typst with fonts of our own: PDF/UA-1 whenever that can be had, and a PDF always."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib.resources import files

import typst

_log = logging.getLogger(__name__)

# Asked in this order for each character. Amiri before Noto for Arabic: its letters are whole glyphs, so that text
# copied or read aloud from the PDF is the text that was written. Typst's own fonts come last, for rare signs.
FAMILIES = (
    *("Atkinson Hyperlegible", "Noto Sans", "Amiri", "Noto Emoji", "Noto Sans Symbols"),
    *(
        f"Noto Sans {script}"
        for script in (
            *("Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi"),
            *("Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu"),
            "Thai",
        )
    ),
    *("DejaVu Sans Mono", "New Computer Modern Math", "Libertinus Serif"),
)
SUBSTITUTE = "□"

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_ROUNDS = 3

Remark = Callable[[int], str]


def typeset(template: str, data: dict[str, object], made_at: datetime | None, remark: Remark) -> bytes:
    """The data set by one of our templates.

    Characters that no font has become ``□``; ``remark``, given their number, says so under ``data["remark"]``.
    """
    substituted = 0
    for _ in range(_ROUNDS):
        try:
            return _compile(template, data, made_at, "ua-1")
        except typst.TypstError as refusal:
            missing = _missing(refusal.diagnostic)
            if not missing:
                break
            data, found = _without(data, missing)
            substituted += found
            data["remark"] = remark(substituted)
    # The reason quotes the document, so it is not logged.
    _log.warning("A PDF could not be made to PDF/UA-1 and was made without it: %s", template)
    return _compile(template, data, made_at, "1.7")


def _compile(template: str, data: dict[str, object], made_at: datetime | None, standard: typst.PDFStandard) -> bytes:
    source = (files("verkstad.documents") / template).read_bytes()
    inputs = {"document": json.dumps({**data, "fonts": FAMILIES}, ensure_ascii=False)}
    stamp = made_at.replace(microsecond=0) if made_at else None  # a PDF tells time in whole seconds
    return typst.compile(
        source, font_paths=_fonts(), sys_inputs=inputs, pdf_standards=standard, timestamp=stamp, format="pdf"
    )


@cache
def _fonts() -> typst.Fonts:
    folders = [
        files("fontpkg_atkinson_hyperlegible") / "files",
        files("fontpkg_amiri") / "files",
        files("manimgx_fonts"),
    ]
    paths = [str(folder) for folder in folders]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)


def _missing(diagnostic: str) -> set[str]:
    """The clusters that typst found no glyph for."""
    return {_unescaped(found) for found in _MISSING.findall(diagnostic)} - {""}


def _unescaped(quoted: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], quoted)


def _without(data: dict[str, object], missing: set[str]) -> tuple[dict[str, object], int]:
    """The data with each missing cluster as one ``□``, and how many there were."""
    pattern = re.compile("|".join(map(re.escape, sorted(missing, key=len, reverse=True))))
    found = 0

    def clean(value: object) -> object:
        nonlocal found
        match value:
            case str():
                value, n = pattern.subn(SUBSTITUTE, value)
                found += n
                return value
            case list():
                return [clean(v) for v in value]
            case dict():
                return {k: clean(v) for k, v in value.items()}
            case _:
                return value

    return {k: clean(v) for k, v in data.items()}, found
