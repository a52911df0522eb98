"""How the lower floors ask for words in the reader's language without knowing where they come from."""

from __future__ import annotations

from typing import Protocol


class Words(Protocol):
    """The two calls of the standard library's ``gettext`` translations, which satisfy this as they are."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str: ...
