"""Typst with fonts of our own: PDF/A-2a and PDF/UA-1 whenever those can be had, and a PDF always."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
# What a PDF keeps to: an archive can take it and a screen reader can follow it; else the latter alone; else neither.
LADDER = (("a-2a", "ua-1"), ("ua-1",), ("1.7",))

# What no font has, and what no archive takes because it means something only to some program or firm.
_MISSING = re.compile(r'(?:the text|codepoint) `"((?:[^"\\]|\\.)*)"`')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_ROUNDS = 3

Remark = Callable[[int], str]


class TypstError(RuntimeError):
    """Typst refused a document; ``diagnostic`` says why, and quotes the document."""

    def __init__(self, diagnostic: str) -> None:
        super().__init__("typst refused the document")
        self.diagnostic = diagnostic

    @property
    def reason(self) -> str:
        """The first line, without the standards that it names."""
        return self.diagnostic.partition("\n")[0].partition("error: ")[2]


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, the standards it keeps, and in typst's words why it keeps no more of them."""

    pdf: bytes
    standards: tuple[str, ...]
    refusal: str = ""


def typeset(template: str, data: dict[str, object], made_at: datetime | None, remark: Remark) -> Typeset:
    """The data set by one of our templates, to as many of `LADDER`'s standards as it can be.

    Characters that no font has become ``□``; ``remark``, given their number, says so under ``data["remark"]``.
    """
    substituted = 0
    refusals: list[TypstError] = []
    for standards in LADDER:
        for _ in range(_ROUNDS):
            try:
                pdf = _compile(template, data, made_at, standards)
            except TypstError as error:
                refusal = error
                missing = _missing(refusal.diagnostic)
                if not missing:
                    break
                data, found = _without(data, missing)
                substituted += found
                data["remark"] = remark(substituted)
            else:
                return Typeset(pdf, standards, refusals[0].reason if refusals else "")
        refusals.append(refusal)
        _log.warning("A PDF could not be made to %s: %s", " and ".join(standards), template)
    raise refusals[-1]


def drawn(svg: str) -> bytes:
    """A chart as PNG, fine enough for paper, with the fonts that a PDF has."""
    return _run("picture.typ", {"svg": svg, "fonts": FAMILIES}, {"format": "png", "ppi": 200.0})


def _compile(template: str, data: dict[str, object], made_at: datetime | None, standards: Sequence[str]) -> bytes:
    timestamp = int(made_at.timestamp()) if made_at else None
    options: dict[str, object] = {"format": "pdf", "pdf_standards": standards, "timestamp": timestamp}
    return _run(template, {**data, "fonts": FAMILIES}, options)


def _run(template: str, data: dict[str, object], options: dict[str, object]) -> bytes:
    job = {
        "path": sys.path,
        "fonts": _font_folders(),
        "template": (_HERE / template).read_text(encoding="utf-8"),
        "document": json.dumps(data, ensure_ascii=False),
        "options": options,
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
    """The clusters that typst found no glyph for, or may not set."""
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
