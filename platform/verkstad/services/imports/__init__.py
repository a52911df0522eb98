"""Reading an evening from a file: the workshop format, or a compilation that somebody made by hand."""

from __future__ import annotations

from verkstad.domain.workshop_file import WorkshopFile

__all__ = ["read_workshop_file"]


def read_workshop_file(data: bytes, name: str) -> WorkshopFile:
    """The evening in a file; see `reading`, which is loaded with the first one: most evenings import nothing.

    Raises:
        Invalid: with a sentence that says what is wrong and on which line.
    """
    from verkstad.services.imports import reading

    return reading.read_workshop_file(data, name)
