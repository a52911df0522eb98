"""Rules for texts that come out of a file, with the line where each was found."""

from __future__ import annotations

from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Invalid
from verkstad.domain.note import MAX_LENGTH, has_unprintable, normalise_text

# As long as each may be in the database.
TITLE = 200  # of workshops and themes; places and names of people too
NAME = 100  # of groups
PROMPT = 500
HELP = 1000
REASON = 500
PREFACE = 20_000
MAX_GROUP = 999
MAX_NOTES = 20_000  # many times the largest evening; what a file may hold, so that reading one ends


def note_text(text: str, line: int) -> str:
    """The text as a note is stored: NFC, otherwise exactly what the file says.

    Raises:
        Invalid: with the code that `normalise_text` gives, and the line in the sentence.
    """
    try:
        return normalise_text(text)
    except Invalid as error:
        raise _placed(error, text, line) from error


def _placed(error: Invalid, text: str, line: int) -> Invalid:
    if error.code == "empty_text":
        return Invalid(error.code, N_("Line %(line)s: this note has no text."), line=line)
    if error.code == "text_too_long":
        message = N_(
            "Line %(line)s: the note that begins “%(start)s” has %(length)s characters. "
            "A note holds %(limit)s: make it two notes."
        )
        return Invalid(error.code, message, line=line, start=opening(text), limit=MAX_LENGTH, **_length(error))
    message = N_(
        "Line %(line)s: the note that begins “%(start)s” has invisible control characters that cannot be kept. "
        "Type it again instead of pasting it."
    )
    return Invalid(error.code, message, line=line, start=opening(text))


def _length(error: Invalid) -> dict[str, object]:
    return {"length": error.params["length"]}


def plain_text(text: str, line: int, limit: int) -> str:
    """A title, name, prompt or the like: NFC, no control characters, at most ``limit`` characters; may be empty."""
    text = nfc(text)
    if len(text) > limit:
        message = N_("Line %(line)s: “%(start)s” is too long: %(length)s characters, at most %(limit)s.")
        raise Invalid("text_too_long", message, line=line, start=opening(text), length=len(text), limit=limit)
    if has_unprintable(text):
        message = N_("Line %(line)s: “%(start)s” has invisible control characters that cannot be kept.")
        raise Invalid("control_characters", message, line=line, start=opening(text))
    return text


def opening(text: str) -> str:
    """The first words of a text, short and printable enough to stand in a sentence."""
    words = " ".join("".join(c for c in text if not has_unprintable(c)).split())
    return words if len(words) <= 40 else words[:39].rstrip() + "…"


def too_many_notes() -> Invalid:
    message = N_("The file is larger than any evening: it has over %(limit)s headings and notes.")
    return Invalid("too_many_notes", message, limit=MAX_NOTES)
