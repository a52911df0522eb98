"""What may stand in an address: nothing that a database cannot be asked for. All else leads to no page."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter


class Key(IntegerConverter):
    """A database key: ten digits at most, and no larger than a 32-bit integer."""

    regex = r"\d{1,10}"

    def __init__(self, map: Map) -> None:  # noqa: A002  (the library's name)
        super().__init__(map, max=2**31 - 1)


class Word(UnicodeConverter):
    """A code, a token or an id, without NUL."""

    def __init__(self, map: Map) -> None:  # noqa: A002
        super().__init__(map)
        self.regex = r"[^/\x00]+"


def install(app: Flask) -> None:
    """Make them what `<int:…>` and a bare `<…>` mean; before any route is added."""
    app.url_map.converters |= {"int": Key, "default": Word}
