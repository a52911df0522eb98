"""The colours of the design can be read, in light and in dark: WCAG 2.2 asks 4.5 of text and 3 of edges."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "platform/frontend/css/tokens.css").read_text(encoding="utf-8")

GROUNDS = ("paper", "card", "sunken")
TEXTS = {
    "ink": (*GROUNDS, "pine-tint", "pine-tint-hover", "amber-tint", "red-tint"),
    "ink-soft": GROUNDS,
    "pine": (*GROUNDS, "pine-tint", "pine-tint-hover"),
    "amber": (*GROUNDS, "amber-tint"),
    "red": (*GROUNDS, "red-tint"),
    "on-pine": ("pine", "pine-hover", "pine-active"),
    "on-red": ("red", "red-hover", "red-active"),
    "paper": ("ink",),
}
EDGES = {
    "edge": GROUNDS,
    "amber-edge": ("paper", "card", "amber-tint"),
    "red-edge": ("paper", "card", "red-tint"),
}


def colours(scheme: str) -> dict[str, str]:
    """The tokens of a scheme; the dark one stands after the light one and changes all of its colours."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", light if scheme == "light" else dark))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, 4.5), (EDGES, 3.0)], ids=["text", "edges"])
def test_every_colour_can_be_told_from_every_ground_it_stands_on(
    scheme: str, pairs: dict[str, tuple[str, ...]], least: float
) -> None:
    token = colours(scheme)
    faint = {
        f"{front} on {ground}": round(contrast(token[front], token[ground]), 2)
        for front, grounds in pairs.items()
        for ground in grounds
        if contrast(token[front], token[ground]) < least
    }
    assert faint == {}


def test_the_calculation_knows_black_and_white() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


def test_the_dark_scheme_changes_every_colour() -> None:
    assert colours("light").keys() == colours("dark").keys()
