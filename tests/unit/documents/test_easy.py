"""The easy text: short, in people's words, with everything behind it to be found."""

from __future__ import annotations

from datetime import date

import msgspec

from unit.documents.evenings import full_evening, plain_evening
from unit.documents.test_compilation import all_inlines, compiled, outline, section
from verkstad.documents.formats import View
from verkstad.documents.tree import Mark, Paragraph
from verkstad.domain.minutes import Minutes, Occasion
from verkstad.domain.theme import Asks, Side
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import FileQuestion, FileTheme, WorkshopFile


def lines_of(evening: WorkshopFile) -> list[str]:
    return outline(compiled(evening, View.EASY).blocks)


def test_it_has_its_parts_in_order_and_one_thing_a_line() -> None:
    document = compiled(full_evening(), View.EASY)
    lines = outline(document.blocks)
    assert [line[3:] for line in lines if line.startswith("## ")] == [
        "About this text",
        "What the evening was",
        "What was asked",
        "What several groups said",
        "What single groups said",
        "Other things that were said",
        "What happens next",
        "Words in this text",
        "Appendix: every note",
    ]
    assert section(lines, "What the evening was") == [
        "- 17 people took part.",
        "- They were 4 groups.",
        "- They wrote 10 notes.",
    ]
    assert len([b for b in document.blocks if isinstance(b, Paragraph) and not b.lead]) <= 2
    assert document.large


def test_a_theme_is_told_by_the_note_that_was_chosen_or_else_the_shortest() -> None:
    evening = plain_evening(
        ["a long way of saying it", "short", "chosen to speak", "other"],
        themes=(FileTheme("t1", "First", ("n0", "n1")), FileTheme("t2", "Second", ("n2", "n3"), quotation="n2")),
    )
    assert section(lines_of(evening), "What several groups said") == [
        "### First",
        "- 2 of 3 groups said this.",
        "- “short” [G2·1]",
        "### Second",
        "- 2 of 3 groups said this.",
        "- “chosen to speak” [G3·1]",
    ]


def test_each_side_of_a_tension_speaks() -> None:
    evening = plain_evening(["yes", "no"], themes=(FileTheme("t", "Cars", ("n0", "n1")),))
    sides = [msgspec.structs.replace(n, side=s) for n, s in zip(evening.notes, (Side.FOR, Side.AGAINST), strict=True)]
    lines = lines_of(msgspec.structs.replace(evening, notes=tuple(sides)))
    assert section(lines, "What several groups said")[2:] == ["- For: “yes” [G1·1]", "- Against: “no” [G2·1]"]


def test_questions_are_asked_in_easy_words_and_those_that_wait_are_told() -> None:
    evening = plain_evening(["who?"], questions=(FileQuestion("q", "What do we need?", easy="What is missing?"),))
    notes = tuple(msgspec.structs.replace(note, asks=Asks.YES) for note in evening.notes)
    lines = lines_of(msgspec.structs.replace(evening, notes=notes))
    assert section(lines, "What was asked") == ["- What is missing?"]
    assert section(lines, "Questions that wait for an answer") == ["- “who?” [G1·1]"]


def test_what_happens_next_is_what_is_known() -> None:
    evening = plain_evening(["a"])
    assert section(lines_of(evening), "What happens next") == ["- This text is not finished. It can change."]
    calendar = (Occasion("18 March", "4 pm", "", "The council meets"),)
    adopted = msgspec.structs.replace(evening, state=State.ADOPTED, minutes=Minutes(calendar=calendar))
    assert section(lines_of(adopted), "What happens next") == [
        "- This text is adopted. It does not change any more.",
        "- These dates are in the calendar:",
        "- 18 March, 4 pm, The council meets",
    ]


def test_every_source_leads_to_its_note() -> None:
    inlines = list(all_inlines(compiled(full_evening(), View.EASY)))
    anchors = {i.anchor for i in inlines if isinstance(i, Mark) and i.anchor}
    targets = {i.target for i in inlines if isinstance(i, Mark) and i.target}
    assert len(anchors) == 10
    assert len(targets) == 5
    assert targets <= anchors


def test_an_evening_without_themes_says_so() -> None:
    assert "The notes have not been sorted into themes." in lines_of(plain_evening(["a"], held_on=date(2024, 1, 1)))
