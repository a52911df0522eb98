"""Words that are not told in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from verkstad.domain.name_check.kinds import Finding, Kind


def masked(text: str, masks: Iterable[Finding], word: Callable[[Kind], str]) -> str:
    """The text with ``[…]`` in place of each mask, by what ``word`` calls its kind; those that overlap are one."""
    pieces: list[str] = []
    told = 0
    for mask in sorted(masks, key=lambda mask: (mask.start, -mask.end)):
        if mask.start >= told:
            pieces += text[told : mask.start], f"[{word(mask.kind)}]"
        told = max(told, mask.end)
    return "".join([*pieces, text[told:]])
