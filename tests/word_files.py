"""Working in a Word file as a word processor does, in the XML of its text."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from verkstad.documents.archive import edited, parsed, written
from verkstad.documents.docx_words import W

P = f"{W}p"


def worked_in(docx: bytes, work: Callable[[etree._Element], object]) -> bytes:
    """The file after somebody has done something to its text."""

    def edit(xml: bytes) -> bytes:
        root = parsed(xml)
        work(root)
        return written(root)

    return edited(docx, {"word/document.xml": edit})


def paragraph(root: etree._Element, words: str) -> etree._Element:
    """The first paragraph with these words in it."""
    return next(p for p in root.iter(P) if words in "".join(t.text or "" for t in p.iter(f"{W}t")))


def new_paragraph(words: str, *, inside: str = "") -> etree._Element:
    run = f'<w:r xmlns:w="{W[1:-1]}">{inside}<w:t xml:space="preserve">{words}</w:t></w:r>'
    element = etree.Element(P)
    element.append(etree.fromstring(run))
    return element


def write_after(root: etree._Element, words: str, new: str) -> None:
    paragraph(root, words).addnext(new_paragraph(new))


def type_in(root: etree._Element, old: str, new: str) -> None:
    text = next(t for t in root.iter(f"{W}t") if old in (t.text or ""))
    text.text = (text.text or "").replace(old, new)


def take_out(root: etree._Element, words: str) -> None:
    gone = paragraph(root, words)
    parent = gone.getparent()
    assert parent is not None
    parent.remove(gone)
