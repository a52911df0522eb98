"""PDF: the document as data for our Typst template."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from verkstad.documents.bidi import is_rtl
from verkstad.documents.phrases import language_tag
from verkstad.documents.tree import (
    LARGER,
    WIDEST,
    Aside,
    Block,
    BulletList,
    Chart,
    Document,
    Heading,
    Inline,
    Inlines,
    Link,
    Mark,
    Paragraph,
    Said,
    Styled,
    Table,
    Text,
    flat,
)
from verkstad.documents.typesetting import LADDER, Typeset, typeset
from verkstad.domain.words import Words

Data = dict[str, object]
Warn = Callable[[str], object]

# An item this high stays whole; a higher one could be more than a page, and would run off its foot.
_MAX_WHOLE_LINES = 20
# What finds no place to break in so many characters is broken anyway, rather than run off the page's side.
_LONG_WORD = re.compile(r"[^\s/?-]{41,}")
_PIECE = 10


def render_pdf(document: Document, words: Words, warn: Warn) -> bytes:
    """The document as a tagged PDF for archives and screen readers; ``warn`` is told when it is less than that."""
    language, _, region = language_tag(document.language).partition("-")
    following: list[Block | None] = [*document.blocks[1:], None]
    data: Data = {
        "title": document.title,
        "foot": document.short_title,
        "language": language,
        "region": region,
        "blocks": [_block(b, then) for b, then in zip(document.blocks, following, strict=True)],
        "remark": "",
        "scale": LARGER if document.large else 1,
    }

    def remark(n: int) -> str:
        return words.ngettext(
            "%(num)d character is shown as □, because the fonts of this PDF do not have it. The other formats do.",
            "%(num)d characters are shown as □, because the fonts of this PDF do not have them. The other formats do.",
            n,
        ) % {"num": n}

    made = typeset("document.typ", data, document.made_at, remark)
    if made.standards != LADDER[0]:
        warn(_shortcoming(made, words))
    return made.pdf


def _shortcoming(made: Typeset, words: Words) -> str:
    """What the file cannot be used for, and why, for whoever fetched it."""
    if "ua-1" in made.standards:
        said = words.gettext("This PDF cannot be archived as PDF/A: %(reason)s")
    else:
        said = words.gettext("This PDF is neither accessible (PDF/UA) nor can it be archived (PDF/A): %(reason)s")
    return said % {"reason": made.refusal}


def _block(block: Block, following: Block | None) -> Data:
    match block:
        case Heading(level, _, anchor, new_page):
            body = _inlines(block.flat)
            return {"t": "heading", "level": level, "body": body, "anchor": anchor, "new_page": new_page}
        case Paragraph(inlines, lead):
            opens = isinstance(following, BulletList | Table | Chart)
            last = lead and not (isinstance(following, Paragraph) and following.lead)
            return {"t": "paragraph", "body": _inlines(inlines), "lead": lead, "opens": opens, "last": last}
        case BulletList(items):
            return {"t": "list", "items": [_item(item) for item in items]}
        case Table(caption, header, rows, total, words):
            return {
                "t": "table",
                "caption": caption,
                "header": [_inlines(flat(cell)) for cell in header],
                "rows": [[_inlines(flat(cell)) for cell in row] for row in rows],
                "total": total,
                "columns": [1] * (len(header) - 1) + [WIDEST] if words else [],
            }
        case Chart(_, _, description, _, _, svg):
            return {"t": "chart", "svg": svg, "alt": description}


def _item(inlines: Inlines) -> Data:
    said = [i for i in inlines if isinstance(i, Said)]
    lines = sum(len(i.lines) for i in said)
    rtl = isinstance(inlines[0], Said) and is_rtl(inlines[0].text)
    return {"body": _inlines(inlines), "rtl": rtl, "breakable": lines > _MAX_WHOLE_LINES}


def _inlines(inlines: Inlines) -> list[Data]:
    return [_inline(i) for i in inlines]


def _inline(inline: Inline) -> Data:
    match inline:
        case Text(text):
            return {"t": "text", "text": text}
        case Said():
            return {"t": "said", "lines": [_pieces(line) for line in inline.lines], "closing": inline.closing}
        case Styled(style, words):
            return {"t": style, "body": _inlines(words)}
        case Aside(text):
            return {"t": "aside", "text": text}
        case Link(text, target):
            return {"t": "link", "text": text, "target": target}
        case Mark(mark, anchor, target):
            return {"t": "mark", "text": mark, "anchor": anchor, "target": target}


def _pieces(line: str) -> list[str]:
    """A line cut where typst may break it although no rule of writing lets it."""
    cuts = [0]
    for word in _LONG_WORD.finditer(line):
        for at in range(word.start() + _PIECE, word.end(), _PIECE):
            if not _joins(line[at - 1], line[at]):
                cuts.append(at)
    # A tab has no glyph in any font; the old sign that joins two words is refused where the new one is not.
    return [
        line[a:b].replace("\t", "    ").replace("\ufeff", "\u2060")
        for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True)
    ]


def _joins(before: str, after: str) -> bool:
    """Whether two characters are, or may be, parts of one sign."""
    return before == "\u200d" or unicodedata.category(after)[0] == "M" or unicodedata.category(after) == "Cf"
