"""Whatever people write comes out of every format as they wrote it, and nothing of it comes alive."""

from __future__ import annotations

import re
import unicodedata
from operator import itemgetter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reading import notes_in, squeezed
from standards import BOTH, kept
from unit.documents.evenings import ENGLISH, HOSTILE, plain_evening
from verkstad.documents import Format, View, render
from verkstad.documents.bidi import closing
from verkstad.documents.markdown_text import escape
from verkstad.domain.minutes import Minutes
from verkstad.domain.note import has_unprintable

_MARKUP = [*"\\`*_{}[]()<>#+-.!|~$&@:=\"'^%/ \t\r\n0123456789aåÅ", "://", "www.", "&amp;", "  \n", "a@b.se"]
_CHARACTERS = st.characters(exclude_categories=["Cs"]).filter(lambda c: not has_unprintable(c))
_WRITTEN = st.lists(st.one_of(st.sampled_from(_MARKUP), _CHARACTERS), min_size=1, max_size=60).map("".join)
_MARKED_UP = st.lists(st.sampled_from(_MARKUP), min_size=1, max_size=25).map("".join)
_TEXT = st.one_of(_WRITTEN, _MARKED_UP, st.sampled_from(HOSTILE))
TEXTS = st.lists(
    _TEXT.map(lambda t: unicodedata.normalize("NFC", t)).filter(lambda t: bool(t.strip())), min_size=1, max_size=12
)
# Each example starts pandoc, so there are few, with many texts in each.
EXAMPLES = settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])


def lines(text: str) -> str:
    """The text with one kind of line break."""
    return re.sub(r"\r\n?", "\n", text)


def guarded(text: str) -> str:
    """The text as CSV has it, where a spreadsheet must not run it."""
    return f"'{text}" if text[0] in "=+-@\t\r" else text


def expected(texts: list[str]) -> list[tuple[int, str]]:
    """Groups in order, in each what is under no question, then under the first and the second."""
    evening = plain_evening(texts)
    asked = [None, *(q.id for q in evening.questions)]
    ordered = sorted(evening.notes, key=lambda n: (n.group, asked.index(n.question)))
    return [(n.group, n.text) for n in ordered]


def written(fmt: Format, texts: list[str]) -> list[tuple[int, str]]:
    return notes_in(fmt, render(plain_evening(texts), fmt, View.GROUPS, ENGLISH))


@pytest.mark.parametrize("fmt", [Format.DOCX, Format.ODT])
@given(texts=TEXTS)
@EXAMPLES
def test_word_processors_get_every_character(fmt: Format, texts: list[str]) -> None:
    # Word has elements of its own for two hyphens, which the reader of the test does not know.
    hyphens = str.maketrans({"\u00ad": "", "\u2011": "-"}) if fmt is Format.DOCX else {}
    wanted = [(group, (lines(t) + closing(t)).translate(hyphens)) for group, t in expected(texts)]
    assert written(fmt, texts) == wanted


@given(texts=TEXTS)
@EXAMPLES
def test_web_pages_get_every_character(texts: list[str]) -> None:
    assert written(Format.HTML, texts) == [(group, lines(t)) for group, t in expected(texts)]


@given(texts=TEXTS)
@EXAMPLES
def test_markdown_shows_every_character_but_the_white_space_it_cannot(texts: list[str]) -> None:
    def shown(text: str) -> str:
        return re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", lines(text))).strip(" \t\n")

    assert [(g, shown(t)) for g, t in written(Format.MD, texts)] == [
        (g, shown(t + closing(t))) for g, t in expected(texts)
    ]


@pytest.mark.parametrize("fmt", [Format.DOCX, Format.ODT, Format.HTML, Format.MD])
@given(texts=TEXTS)
@EXAMPLES
def test_what_the_secretary_types_is_a_list_item_in_every_format(fmt: Format, texts: list[str]) -> None:
    minutes = Minutes(watch_list=tuple(texts), absent=tuple(texts))
    evening = plain_evening([], questions=(), groups=(), held_on=None, place="", minutes=minutes)
    found = [squeezed(text) for _, text in notes_in(fmt, render(evening, fmt, View.MINUTES, ENGLISH))]
    dashes = str.maketrans({"\u00ad": "", "\u2011": "-"}) if fmt is Format.DOCX else {}
    left_open = (lambda _: "") if fmt is Format.HTML else closing
    assert found == [squeezed((text + left_open(text)).translate(dashes)) for text in texts] * 2


@pytest.mark.parametrize("fmt", [Format.XLSX, Format.CSV, Format.JSON])
@given(texts=TEXTS)
@settings(deadline=None, max_examples=50)
def test_data_formats_get_every_character_in_the_order_it_came(fmt: Format, texts: list[str]) -> None:
    evening = plain_evening(texts)
    kept = {Format.XLSX: lines, Format.CSV: guarded}.get(fmt, str)
    assert written(fmt, texts) == [(n.group, kept(n.text)) for n in evening.notes]


@given(texts=TEXTS)
@settings(EXAMPLES, max_examples=40)
def test_a_pdf_of_anything_can_be_archived_and_any_screen_reader_can_follow_it(texts: list[str]) -> None:
    content = render(plain_evening(texts), Format.PDF, View.FULL, ENGLISH)
    assert kept(content) == BOTH


# What Swedish is written with, and signs that are one glyph each.
_LATIN = st.text(
    st.sampled_from([*map(chr, range(0x20, 0x7F)), *"åäöÅÄÖéüñßøæ“”‘’…–—½€№™§°×→✓😀🚲"]), min_size=1, max_size=200
)


@given(texts=st.lists(_LATIN.filter(lambda t: bool(t.strip())), min_size=1, max_size=20))
@settings(EXAMPLES, max_examples=40)
def test_a_pdf_gives_back_every_character_of_swedish(texts: list[str]) -> None:
    evening = plain_evening(texts, questions=())
    found = notes_in(Format.PDF, render(evening, Format.PDF, View.GROUPS, ENGLISH))
    assert found == sorted(((n.group, squeezed(n.text)) for n in evening.notes), key=itemgetter(0))


@given(line=_WRITTEN.map(lambda t: " ".join(t.split())))
def test_escaping_only_ever_adds_backslashes_before_punctuation(line: str) -> None:
    escaped = escape(line)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped) == line.strip(" \t")
