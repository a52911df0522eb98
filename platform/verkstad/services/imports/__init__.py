"""Reading an evening from a file: the workshop format, or a compilation that somebody made by hand."""

from verkstad.services.imports.reading import read_workshop_file

__all__ = ["read_workshop_file"]
