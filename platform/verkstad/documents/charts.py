"""Figures as pictures: SVG of our own, read without colour, with every word that people wrote as text in it."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence

from lxml import etree

from verkstad.documents.tree import Chart, Said

_WIDTH = 640  # of the page's 162 mm
_LABEL = 210  # of it, what stands to the left
_ROW, _TEXT = 26, 13
_ACROSS = 28  # letters of a label's line, as wide as they come
_INK, _PINE, _QUIET, _LINE = "#1c1f1d", "#1f5645", "#4a524d", "#c9c5ba"
_SVG = "{http://www.w3.org/2000/svg}"
_FONTS = "Atkinson Hyperlegible, Noto Sans, Arial, sans-serif"


def bars(name: str, title: str, description: str, rows: Sequence[tuple[str, int]]) -> Chart:
    """A bar for each row as long as its number, with the number at its end."""
    picture = _Picture(name, title, description, len(rows) * _ROW)
    longest = max((n for _, n in rows), default=0) or 1
    room = _WIDTH - _LABEL - 50
    for i, (label, n) in enumerate(rows):
        middle = picture.top + i * _ROW + _ROW / 2
        picture.label(label, middle)
        length = n / longest * room
        where = {"x": _LABEL, "y": middle - 8, "width": length, "height": 16}
        picture.add("rect", {"class": "bar", "fill": _PINE, **where})
        picture.words(str(n), _LABEL + length + 7, middle, {"class": "ink", "fill": _INK})
    picture.add("path", {"class": "line", "d": f"M{_LABEL} {picture.top}V{picture.height}", "stroke": _INK})
    return picture.chart()


def dots(
    name: str, title: str, description: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]
) -> Chart:
    """A row of dots for each row of numbers: the area of a dot is its number, which stands in it or beside it."""
    height = 2 * _TEXT + 12
    picture = _Picture(name, title, description, _ROW + len(rows) * height)
    most = max((n for _, row in rows for n in row), default=0) or 1
    step = min((_WIDTH - _LABEL) / max(len(columns), 1), 56)
    largest = min(step, height) / 2 - 2
    centre: dict[str, object] = {"class": "quiet", "fill": _QUIET, "text-anchor": "middle"}
    for i, column in enumerate(columns):
        picture.words(column, _LABEL + step * (i + 0.5), picture.top + _ROW / 2, centre)
    for i, (label, row) in enumerate(rows):
        middle = picture.top + _ROW + (i + 0.5) * height
        line = f"M0 {middle - height / 2}H{_WIDTH}"
        picture.add("path", {"class": "line", "d": line, "stroke": _LINE})
        picture.label(label, middle)
        for j, n in enumerate(row):
            if n:
                picture.dot(_LABEL + step * (j + 0.5), middle, max(largest * (n / most) ** 0.5, 3), n)
    return picture.chart()


class _Picture:
    """An SVG in the making; ``top`` is where its body begins, below the title."""

    top = 34

    def __init__(self, name: str, title: str, description: str, body: float) -> None:
        self.name, self.title, self.description = name, title, description
        self.height = round(self.top + body + 6)
        ids = (f"{name}-title", f"{name}-description")
        self.root = etree.fromstring(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
        size = {"viewBox": f"0 0 {_WIDTH} {self.height}", "width": str(_WIDTH), "height": str(self.height)}
        telling = {"role": "img", "aria-labelledby": " ".join(ids), "font-family": _FONTS, "font-size": str(_TEXT)}
        for key, value in (size | telling).items():
            self.root.set(key, value)
        for tag, id_, words in zip(("title", "desc"), ids, (title, description), strict=True):
            etree.SubElement(self.root, f"{_SVG}{tag}", {"id": id_}).text = _line(words)
        self.words(title, 0, 12, {"class": "heading", "fill": _PINE, "font-weight": "bold"})

    def add(self, tag: str, attributes: dict[str, object]) -> etree._Element:
        return etree.SubElement(self.root, f"{_SVG}{tag}", {key: _number(value) for key, value in attributes.items()})

    def words(self, words: str, x: float, middle: float, attributes: dict[str, object]) -> None:
        """A line of text with its middle at a height; the baseline is told, since not every program finds it."""
        self.add("text", {"x": x, "y": middle + _TEXT * 0.35, **attributes}).text = words

    def label(self, label: str, middle: float) -> None:
        """What a row is called, in two lines at most."""
        lines = _fitted(label)
        for i, line in enumerate(lines):
            self.words(line, 0, middle + (i - (len(lines) - 1) / 2) * (_TEXT + 2), {"class": "ink", "fill": _INK})

    def dot(self, x: float, middle: float, radius: float, n: int) -> None:
        self.add("circle", {"class": "bar", "cx": x, "cy": middle, "r": radius, "fill": _PINE})
        if radius >= 8:
            shown = {"x": x, "text-anchor": "middle", "class": "inside", "fill": "#ffffff"}
        else:
            shown = {"x": x + radius + 2, "class": "ink", "fill": _INK}
        self.add("text", {"y": middle + 4, "font-size": 11, **shown}).text = str(n)

    def chart(self) -> Chart:
        svg = etree.tostring(self.root, encoding="unicode")
        return Chart(self.name, self.title, self.description, _WIDTH, self.height, svg)


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _line(text: str) -> str:
    return " ".join(Said(text).text.split())


def _fitted(label: str) -> list[str]:
    """The label on two lines at most, its end told as missing when it has more."""
    line = _line(label)
    wide = any(unicodedata.east_asian_width(c) in "WF" for c in line)
    lines = textwrap.wrap(line, _ACROSS // 2 if wide else _ACROSS, max_lines=2, placeholder=" …")
    return [shown + Said(shown).closing for shown in lines] or [""]
