"""Where in a JSON text each value stands, so that an error can name the line."""

from __future__ import annotations

import re
from functools import cached_property

Step = str | int

_PIECE = re.compile(r'\n|"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


class JsonLines:
    """The lines of a JSON text that has been read without error."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of(self, *path: Step) -> int:
        """The line on which the value at ``path`` begins, or the nearest thing around it that is there."""
        return next(self._lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self._lines)

    @cached_property
    def _lines(self) -> dict[tuple[Step, ...], int]:
        lines: dict[tuple[Step, ...], int] = {(): 1}
        line = 1
        here: list[Step] = []  # the key or index within every open container
        key_comes = False
        for match in _PIECE.finditer(self._text):
            piece = match.group()
            if piece == "\n":
                line += 1
            elif piece in "}]":
                here.pop()
                key_comes = False
            elif piece == ",":
                key_comes = isinstance(here[-1], str)
                if not key_comes:
                    here[-1] = int(here[-1]) + 1
            elif piece == ":":
                key_comes = False
            elif key_comes:
                here[-1] = piece[1:-1]
            else:
                lines.setdefault(tuple(here), line)
                if piece in "{[":
                    key_comes = piece == "{"
                    here.append("" if key_comes else 0)
        return lines
