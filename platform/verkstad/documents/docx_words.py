"""The words of a paragraph in Word's XML, with tracked changes as if they were accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from verkstad.documents.wording import Run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = {"0", "false", "off"}
# What is in a paragraph and is no text of it: what was taken out, codes of fields, pictures and what stands in them.
_SKIPPED = {f"{W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "drawing", "pict", "object")} | {
    f"{_MC}AlternateContent"
}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# LibreOffice writes the sign `_` so where it could be taken for the beginning of an escape.
_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"

# Of each style that runs can have: whether it is strong, and whether it is emphasised.
Looks = Mapping[str, tuple[bool, bool]]


def looks_of(styles: etree._Element) -> Looks:
    """The styles of characters that are strong or emphasised by themselves."""
    found = {}
    for style in styles.iterfind(f"{W}style[@{W}type='character']"):
        properties = style.find(f"{W}rPr")
        found[str(style.get(f"{W}styleId"))] = (_is(properties, "b"), _is(properties, "i"))
    return found


def headings_of(styles: etree._Element) -> set[str]:
    """The ids of the styles of headings, whatever language the program has: their names are always English."""
    named = {str(x.get(f"{W}styleId")): _value(x, "name") for x in styles.iterfind(f"{W}style")}
    return {key for key, name in named.items() if name.lower().startswith("heading ")}


def runs_of(element: etree._Element, looks: Looks) -> Iterator[Run]:
    """The runs of a paragraph, whatever they are wrapped in."""
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}r":
            properties = child.find(f"{W}rPr")
            strong, emphasis = looks.get(_value(properties, "rStyle"), (False, False))
            yield Run(_text(child), _is(properties, "b", strong), _is(properties, "i", emphasis))
        elif child.tag != f"{W}p":
            yield from runs_of(child, looks)


def plain(element: etree._Element) -> str:
    return "".join(run.text for run in runs_of(element, {}))


def ends_deleted(paragraph: etree._Element) -> bool:
    """Whether its end has been taken out, which makes it one with the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _value(element: etree._Element | None, name: str) -> str:
    found = element.find(W + name) if element is not None else None
    return "" if found is None else found.get(f"{W}val", "")


def _is(properties: etree._Element | None, name: str, default: bool = False) -> bool:
    found = properties.find(W + name) if properties is not None else None
    return default if found is None else found.get(f"{W}val", "true") not in _OFF


def _text(run: etree._Element) -> str:
    text = ""
    for child in run:
        if child.tag == f"{W}t":
            kept = child.text or ""
            text += _ESCAPED.sub("_", kept if child.get(_KEEP_SPACES) == "preserve" else kept.strip(" \t\n\r"))
        elif isinstance(child.tag, str) and child.get(f"{W}type") not in {"page", "column"}:
            text += _CHARACTERS.get(child.tag.removeprefix(W), "")
    return text
