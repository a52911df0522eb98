"""Whatever a line says comes back from a Word file as it was, and whatever is done in the file is found."""

from __future__ import annotations

from itertools import count

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from unit.documents.evenings import ENGLISH, HOSTILE, full_evening
from verkstad.documents import Format, View, render
from verkstad.documents.docx_reading import read_manuscript
from verkstad.documents.docx_words import W
from verkstad.documents.manuscript import Manuscript, fingerprint
from verkstad.documents.wording import Run, as_read, marked_up
from verkstad.domain.characters import nfc
from verkstad.domain.note import has_unprintable
from verkstad.domain.workshop_file import FileLine
from word_files import new_paragraph, worked_in

SECTIONS = ("intro", "theme:t2", "theme:t1", "group:2", "question:q1", "answers", "voices", "tensions", "theme:gone")
SIGNS = st.text(st.sampled_from("ab *_[]·,G1()\n\t\u00a0\u202e\u2067\u2069åм👍\\`<&"), max_size=30)
ANYTHING = st.text(max_size=30).map(nfc).filter(lambda text: not has_unprintable(text))
TEXTS = st.lists(st.one_of(SIGNS, ANYTHING, st.sampled_from(HOSTILE)), min_size=1, max_size=25)
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def exported(texts: list[str]) -> tuple[tuple[FileLine, ...], bytes]:
    lines = tuple(FileLine(f"l{n}", SECTIONS[n % len(SECTIONS)], text, ("n0", "n1")) for n, text in enumerate(texts))
    return lines, render(msgspec.structs.replace(full_evening(), lines=lines), Format.DOCX, View.FULL, ENGLISH)


def read(docx: bytes) -> Manuscript:
    numbers = count(1)
    return read_manuscript(docx, lambda: f"new{next(numbers)}")


@SLOW
@given(TEXTS)
def test_a_file_that_nobody_touched_says_what_the_lines_say(texts: list[str]) -> None:
    lines, docx = exported(texts)
    manuscript = read(docx)
    said = {line.id: line.said for line in manuscript.fetched}
    assert said == {line.id: fingerprint(as_read(line.text)) for line in lines if line.text.strip()}
    for piece in manuscript.pieces:
        assert fingerprint(piece.text) == said[piece.line]
    assert not manuscript.unplaced


@SLOW
@given(st.data())
def test_whatever_is_done_in_a_file_is_found(data: st.DataObject) -> None:
    wordy = [f"line {n} says this" for n in range(8)]
    _, docx = exported(wordy)
    gone = data.draw(st.sets(st.integers(0, 7)))
    changed = data.draw(st.sets(st.integers(0, 7))) - gone
    followed = data.draw(st.sets(st.integers(0, 7))) - gone

    def work(root: etree._Element) -> None:
        for number in range(8):
            words = f"line {number} says this"
            text = next(t for t in root.iter(f"{W}t") if words in (t.text or ""))
            paragraph = next(text.iterancestors(f"{W}p"))
            if number in changed:
                text.text = (text.text or "").replace("says", "tells")
            if number in followed:
                paragraph.addnext(new_paragraph(f"after {number}"))
            parent = paragraph.getparent()
            if number in gone and parent is not None:
                parent.remove(paragraph)

    manuscript = read(worked_in(docx, work))
    texts = {piece.line: piece.text for piece in manuscript.pieces}
    fetched = {line.id for line in manuscript.fetched}
    assert fetched - texts.keys() == {f"l{n}" for n in gone}
    assert {line for line in fetched & texts.keys() if "tells" in texts[line]} == {f"l{n}" for n in changed}
    order = [piece.text for piece in manuscript.pieces]
    assert {text for text in order if text.startswith("after")} == {f"after {n}" for n in followed}
    for number in followed:
        assert order[order.index(f"after {number}") - 1].startswith(f"line {number} ")


RUNS = st.lists(st.builds(Run, st.text("ab *_.\n", min_size=1, max_size=6), st.booleans(), st.booleans()), max_size=8)


@given(RUNS)
def test_runs_keep_every_word_and_what_is_read_twice_is_read_the_same(runs: list[Run]) -> None:
    text = marked_up(runs)
    said = "".join(run.text for run in runs)
    assert [c for c in text if c in "ab."] == [c for c in said if c in "ab."]
    once = as_read(text)
    assert as_read(once) == once
