"""Typst with fonts of our own: PDF/UA-1 whenever that can be had, and a PDF always."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from verkstad.documents.typst_process import REFUSED

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent

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


class TypstError(RuntimeError):
    """Typst refused a document; ``diagnostic`` says why, and quotes the document."""

    def __init__(self, diagnostic: str) -> None:
        super().__init__("typst refused the document")
        self.diagnostic = diagnostic


def typeset(template: str, data: dict[str, object], made_at: datetime | None, remark: Remark) -> bytes:
    """The data set by one of our templates.

    Characters that no font has become ``□``; ``remark``, given their number, says so under ``data["remark"]``.
    """
    substituted = 0
    for _ in range(_ROUNDS):
        try:
            return _compile(template, data, made_at, "ua-1")
        except TypstError as refusal:
            missing = _missing(refusal.diagnostic)
            if not missing:
                break
            data, found = _without(data, missing)
            substituted += found
            data["remark"] = remark(substituted)
    _log.warning("A PDF could not be made to PDF/UA-1 and was made without it: %s", template)
    return _compile(template, data, made_at, "1.7")


def _compile(template: str, data: dict[str, object], made_at: datetime | None, standard: str) -> bytes:
    job = {
        "path": sys.path,
        "fonts": _font_folders(),
        "template": (_HERE / template).read_text(encoding="utf-8"),
        "document": json.dumps({**data, "fonts": FAMILIES}, ensure_ascii=False),
        "standard": standard,
        "timestamp": int(made_at.timestamp()) if made_at else None,
    }
    done = subprocess.run(  # noqa: S603  (our own script, and all that people wrote goes through the pipe)
        [sys.executable, "-I", "-S", str(_HERE / "typst_process.py")],
        input=json.dumps(job).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode == REFUSED:
        raise TypstError(done.stdout.decode())
    done.check_returncode()
    return done.stdout


def _font_folders() -> list[str]:
    folders = [
        files("fontpkg_atkinson_hyperlegible") / "files",
        files("fontpkg_amiri") / "files",
        files("manimgx_fonts"),
    ]
    return [str(folder) for folder in folders]


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
