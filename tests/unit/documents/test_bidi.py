"""Directions: found by the first letter, and never left open."""

from __future__ import annotations

import pytest

from verkstad.documents.bidi import closing, is_rtl


@pytest.mark.parametrize(
    ("text", "rtl"),
    [("Hej", False), ("مرحبا", True), ("שלום hej", True), ("12 (!) مرحبا", True), ("hej שלום", False), ("123", False)],
)
def test_the_first_letter_decides(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("plain", ""),
        ("\u202eover", "\u202c"),
        ("\u202eover\u202c", ""),
        ("\u2067isolate", "\u2069"),
        ("\u2067a\u202eb", "\u202c\u2069"),
        ("\u2067a\u202eb\u2069", ""),
        ("\u202ea\u2067b\u202c", "\u2069\u202c"),
        ("\u2069\u202cstray ends", ""),
    ],
)
def test_what_is_open_is_closed_from_the_inside_out(text: str, ends: str) -> None:
    assert closing(text) == ends
