"""Words that are not told in a document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from verkstad.domain.name_check.kinds import Finding, Kind

# In place of words where there is room for no more: no longer than anything.
_SHORTEST = "…"


def masked(text: str, masks: Collection[Finding], word: Callable[[Kind], str], limit: int) -> str:
    """The text with ``[…]`` in place of each mask, by what ``word`` calls its kind; those that overlap are one.

    It gets no longer than ``limit``, unless it is so already: what is masked may be shorter than what it is called.
    """
    told = _masked(text, masks, lambda kind: f"[{word(kind)}]")
    return told if len(told) <= limit else _masked(text, masks, lambda kind: _SHORTEST)


def _masked(text: str, masks: Iterable[Finding], instead: Callable[[Kind], str]) -> str:
    pieces: list[str] = []
    told = 0
    for mask in sorted(masks, key=lambda mask: (mask.start, -mask.end)):
        if mask.start >= told:
            pieces += text[told : mask.start], instead(mask.kind)
        told = max(told, mask.end)
    return "".join([*pieces, text[told:]])
