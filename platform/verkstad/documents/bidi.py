"""Reading direction of what people wrote, in the few places where a format cannot find it out by itself."""

from __future__ import annotations

import unicodedata

_POP_ISOLATE = "\u2069"
_POP_EMBEDDING = "\u202c"
_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"


def is_rtl(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left, as HTML's ``dir=auto`` has it."""
    for c in text:
        match unicodedata.bidirectional(c):
            case "L":
                return False
            case "R" | "AL":
                return True
    return False


def closing(text: str) -> str:
    """The invisible characters that end what the text leaves open, so that it turns nothing after it around."""
    open_: list[str] = []
    for c in text:
        if c in _EMBEDDINGS:
            open_.append(_POP_EMBEDDING)
        elif c in _ISOLATES:
            open_.append(_POP_ISOLATE)
        elif c == _POP_ISOLATE and _POP_ISOLATE in open_:
            while open_.pop() != _POP_ISOLATE:
                pass
        elif c == _POP_EMBEDDING and open_ and open_[-1] == _POP_EMBEDDING:
            open_.pop()
    return "".join(reversed(open_))
