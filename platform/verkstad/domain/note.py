"""A note: one text of at most 1,000 characters."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Invalid

MAX_LENGTH = 1000  # Unicode code points after NFC
MAX_ID_LENGTH = 64

# What can be neither stored everywhere nor shown: C0/C1 controls, lone surrogates, U+FFFE and U+FFFF. Line breaks and
# tabs are text; format characters (joiners, direction marks) are part of languages.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"[^\W_]+")
_ID = re.compile(rf"[A-Za-z0-9_.:-]{{1,{MAX_ID_LENGTH}}}")


class Source(StrEnum):
    """How a note came in."""

    PHONE = "phone"
    SCRIBE = "scribe"
    PAPER = "paper"
    IMPORT = "import"


def normalise_text(text: str) -> str:
    """The text as it is stored: NFC, otherwise exactly what was written.

    Raises:
        Invalid: ``empty_text``, ``text_too_long`` or ``control_characters``; each is final.
    """
    text = nfc(text)
    if not text.strip():
        raise Invalid("empty_text", N_("Write something first."))
    if len(text) > MAX_LENGTH:
        raise Invalid(
            "text_too_long",
            N_("The text has %(length)s characters. A note holds %(limit)s: shorten it or make it two notes."),
            length=len(text),
            limit=MAX_LENGTH,
        )
    return check_printable(text)


def check_printable(text: str) -> str:
    """The text, unchanged.

    Raises:
        Invalid: ``control_characters``.
    """
    if has_unprintable(text):
        raise Invalid(
            "control_characters",
            N_("The text has invisible control characters that cannot be kept. Type it again instead of pasting it."),
        )
    return text


def has_unprintable(text: str) -> bool:
    """Whether any character can be neither stored everywhere nor shown."""
    return _UNPRINTABLE.search(text) is not None


def plain(text: str) -> str:
    """The text without case, signs and double spaces: what makes two notes the same. One of signs alone is itself."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(_WORD.findall(folded)) or " ".join(text.split())


def check_id(note_id: str) -> str:
    """A client-made id, unchanged.

    Raises:
        Invalid: ``bad_id`` when it is empty, over 64 characters or holds anything but ASCII letters, digits, ``-_.:``.
    """
    if not _ID.fullmatch(note_id):
        raise Invalid("bad_id", N_("An id has at most 64 letters, digits, hyphens, underscores, dots and colons."))
    return note_id
