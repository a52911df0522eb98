"""Finds out what kind of file somebody handed over, and reads it."""

from __future__ import annotations

import re
from pathlib import PurePath

from verkstad.domain.errors import N_, Invalid
from verkstad.domain.workshop_file import WorkshopFile
from verkstad.services.imports.compilation import read_compilation
from verkstad.services.imports.plain_text import read_text
from verkstad.services.imports.word import read_word, word_format
from verkstad.services.imports.workshop_json import read_json

MAX_BYTES = 10_000_000
MAX_TEXT = 1_000_000  # five evenings of 1,500 notes each

# How the kinds of file begin that people try and that cannot be read, and what to do instead.
_FOREIGN = (
    (b"%PDF", N_("This is a PDF. Import the Word file or the text that it was made from.")),
    (b"\xd0\xcf\x11\xe0", N_("This is an old Office file. Open it and save it as a Word file (.docx).")),
    (b"{\\rtf", N_("This is a rich text file. Open it and save it as a Word file (.docx).")),
    (b"PK", N_("This is neither a Word file nor an OpenDocument text. Save it as one, or as plain text.")),
)


def read_workshop_file(data: bytes, name: str) -> WorkshopFile:
    """The evening in a file: `verkstad-workshop/1`, or a compilation as text, Markdown, docx or odt.

    ``name`` is the file's own name: its ending tells Markdown from plain text, and it is the title of last resort.

    Raises:
        Invalid: with a sentence that says what is wrong and on which line.
    """
    _check_size(data, MAX_BYTES)
    path = PurePath(name)
    office = word_format(data)
    if office:
        return read_compilation(read_word(data, office), path.stem)
    for beginning, message in _FOREIGN:
        if data.startswith(beginning):
            raise Invalid("not_a_workshop", message)
    # Square brackets alone are no sign of JSON: a plain text may begin with one.
    if path.suffix.lower() == ".json" or data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return read_json(data)
    _check_size(data, MAX_TEXT)
    markdown = path.suffix.lower() in {".md", ".markdown"}
    return read_compilation(read_text(_decode(data), markdown=markdown), path.stem)


def _check_size(data: bytes, limit: int) -> None:
    if len(data) > limit:
        message = N_("The file is larger than %(limit)s MB. A workshop is far smaller: pictures may have to go.")
        raise Invalid("file_too_large", message, limit=limit // 1_000_000)


def _decode(data: bytes) -> str:
    """The text of a file from any of the programs a secretary may have used, with ``\\n`` at every line's end."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            # Word writes a line break within a paragraph as a vertical tab and a page break as a form feed.
            return re.sub(r"\r\n|[\r\v\f]", "\n", text)
    raise Invalid(
        "not_a_workshop",
        N_("The file is not text. Import a workshop file (.json), a Word file (.docx) or plain text (.txt)."),
    )
