"""What each view of an evening says, before it is any format."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec
import pytest

from unit.documents.evenings import AT, ENGLISH, full_evening, plain_evening
from verkstad.documents.compilation import compile_document
from verkstad.documents.formats import View
from verkstad.documents.phrases import Phrases
from verkstad.documents.tree import (
    Block,
    BulletList,
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
)
from verkstad.domain.theme import Asks, Side
from verkstad.domain.workshop_file import FileGroup, FileNote, FileQuestion, FileTheme, WorkshopFile


def compiled(evening: WorkshopFile, view: View) -> Document:
    return compile_document(evening, view, ENGLISH)


def words(inlines: Inlines) -> str:
    return "".join(_shown(i) for i in inlines)


def _shown(inline: Inline) -> str:
    match inline:
        case Styled(_, inlines):
            return words(inlines)
        case Mark(mark):
            return mark
        case _:
            return inline.text


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """The document as lines: headings with #, items with -, rows with |."""
    lines = []
    for block in blocks:
        match block:
            case Heading(level, inlines):
                lines.append("#" * level + " " + words(inlines))
            case Paragraph(inlines):
                lines.append(words(inlines))
            case BulletList(items):
                lines += ["- " + words(item) for item in items]
            case Table(_, header, rows):
                lines += ["| " + " | ".join(map(words, row)) for row in (header, *rows)]
    return lines


def all_inlines(document: Document) -> Iterator[Inline]:
    for block in document.blocks:
        match block:
            case Heading(_, inlines) | Paragraph(inlines):
                yield from inlines
            case BulletList(items):
                yield from (inline for item in items for inline in item)
            case Table(_, header, rows):
                yield from (inline for row in (header, *rows) for cell in row for inline in cell)


def section(lines: list[str], heading: str) -> list[str]:
    """The lines below a heading of the second level."""
    start = lines.index(f"## {heading}") + 1
    end = next((i for i, line in enumerate(lines[start:], start) if line.startswith("## ")), len(lines))
    return lines[start:end]


def test_groups_have_the_shape_of_a_compilation_made_by_hand() -> None:
    evening = plain_evening(["a", "b", "c", "d", "e", "f", "g"], preface="The numbers are right.", language="en")
    assert outline(compiled(evening, View.GROUPS).blocks) == [
        "# An evening of dialogue",
        "14 May 2024",
        "Place: The library",
        "The numbers are right.",
        "## Group 1",
        "- a",
        "### What works?",
        "- d",
        "### What is missing?",
        "- g",
        "## Group 2",
        "- b",
        "### What works?",
        "- e",
        "## Group 3",
        "- c",
        "### What works?",
        "- f",
    ]


def test_a_group_without_notes_is_there_and_says_so() -> None:
    lines = outline(compiled(plain_evening(["a"]), View.GROUPS).blocks)
    assert lines[-4:] == ["## Group 2", "No notes.", "## Group 3", "No notes."]


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("", "Group 3"),
        ("Bord 3", "Group 3"),
        ("grupp 3.", "Group 3"),
        (" Table  3 ", "Group 3"),
        ("3", "Group 3"),
        ("Bord 4", "Group 3: Bord 4"),
        ("Bord 3 vid fönstret", "Group 3: Bord 3 vid fönstret"),
        ("Ungdomsrådet", "Group 3: Ungdomsrådet"),
    ],
)
def test_a_name_is_told_only_when_it_says_more_than_the_number(name: str, heading: str) -> None:
    assert Phrases(ENGLISH, "sv").group(FileGroup(3, name)) == heading


def test_dates_are_written_out_in_the_language_of_the_evening() -> None:
    assert Phrases(ENGLISH, "sv").date(AT.date()) == "14 maj 2024"
    assert Phrases(ENGLISH, "en").date(AT.date()) == "14 May 2024"


def test_questions_give_each_note_its_mark_outside_the_text() -> None:
    document = compiled(plain_evening(["a", "b", "c", "d"]), View.QUESTIONS)
    lines = outline(document.blocks)
    assert section(lines, "What works?") == ["### Group 1", "- d [G1·2]"]
    assert section(lines, "What is missing?") == ["No notes."]
    assert section(lines, "Under no question")[:2] == ["### Group 1", "- a [G1·1]"]
    assert [i.text for i in all_inlines(document) if isinstance(i, Said) and len(i.text) == 1] == ["d", "a", "b", "c"]


def test_themes_rank_by_groups_and_single_voices_have_their_place() -> None:
    lines = outline(compiled(full_evening(), View.THEMES).blocks)
    assert [line for line in lines if line.startswith("#")][1:] == [
        "## Themes",
        "### Three groups",
        "### Two groups and four notes",
        "## Single voices",
        "### One group's own",
        "## Not placed",
    ]
    assert section(lines, "Not placed") == [
        "- Thought number 9 of the evening [G1·4]",
        "- Thought number 11 of the evening [G3·4]",
    ]


def test_the_full_summary_shows_both_sides_and_what_waits_for_an_answer() -> None:
    said: list[dict[str, object]] = [
        {"side": Side.AGAINST},
        {"side": Side.FOR},
        {"asks": Asks.YES},
        {"asks": Asks.MAYBE},
    ]
    evening = plain_evening(["a", "b", "c", "d"])
    notes = tuple(msgspec.structs.replace(note, **more) for note, more in zip(evening.notes, said, strict=True))
    themes = (FileTheme("t", "Cars", ("n0", "n1", "n2")),)
    lines = outline(compiled(plain_evening([], notes=notes, themes=themes), View.FULL).blocks)
    assert section(lines, "Themes")[1:] == [
        "### Cars",
        "3 notes from 3 groups [G1·1, G2·1, G3·1]",
        "- For [G2·1]",
        "- Against [G1·1]",
    ]
    assert section(lines, "Questions that need an answer") == ["These notes ask somebody something: [G3·1]"]


def test_the_full_summary_has_its_parts_in_order() -> None:
    lines = outline(compiled(full_evening(), View.FULL).blocks)
    assert [line[3:] for line in lines if line.startswith("## ")] == [
        "The evening in brief",
        "How it was done",
        "Group by group",
        "Question by question",
        "Themes",
        "Single voices",
        "Themes by group",
        "Not placed",
        "Where every note is",
        "Appendix: every note",
    ]
    assert section(lines, "The evening in brief") == [
        "- 17 participants",
        "- 4 groups",
        "- 2 questions",
        "- 12 notes: 11 from phones, 1 on paper",
    ]


def test_the_ledger_adds_up_and_hidden_notes_are_counted_with_their_reason() -> None:
    lines = section(outline(compiled(full_evening(), View.FULL).blocks), "Where every note is")
    assert lines[1:] == [
        "| Where | Notes",
        "| In themes | 8",
        "| Not placed | 2",
        "| Merged with another | 0",
        "| Hidden | 1",
        "| Withdrawn by the author | 1",
        "| Received | 12",
        "| Reason | Notes",
        "| names a person | 1",
    ]


def test_the_table_of_groups_adds_up_both_ways() -> None:
    rows = [
        line.split(" | ") for line in section(outline(compiled(full_evening(), View.FULL).blocks), "Group by group")
    ]
    figures = [[int(n) for n in row[1:]] for row in rows[1:]]
    assert rows[0] == ["| Group", "Question 1", "Question 2", "No question", "Notes"]
    assert all(sum(row[:-1]) == row[-1] for row in figures)
    assert [sum(column) for column in zip(*figures[:-1], strict=True)] == figures[-1]


def test_a_table_of_too_many_questions_keeps_to_the_sums() -> None:
    questions = tuple(FileQuestion(f"q{i}", f"Question number {i}?") for i in range(9))
    evening = plain_evening(["a", "b"], questions=questions)
    assert section(outline(compiled(evening, View.FULL).blocks), "Group by group")[0] == "| Group | Notes"


def test_every_source_leads_to_its_note_in_the_appendix() -> None:
    inlines = list(all_inlines(compiled(full_evening(), View.FULL)))
    anchors = [i.anchor for i in inlines if isinstance(i, Mark) and i.anchor]
    assert len(anchors) == len(set(anchors)) == 10
    assert {i.target for i in inlines if isinstance(i, Mark) and i.target} == set(anchors)
    headings = [b.anchor for b in compiled(full_evening(), View.FULL).blocks if isinstance(b, Heading) and b.anchor]
    assert [i.target for i in inlines if isinstance(i, Link)] == headings


def test_the_appendix_says_what_came_late_or_on_paper() -> None:
    lines = section(outline(compiled(full_evening(), View.FULL).blocks), "Appendix: every note")
    assert "- [G1·2] Thought number 3 of the evening (late)" in lines
    assert "- [G3·1] Thought number 2 of the evening (on paper)" in lines


def test_an_evening_without_themes_says_that_sorting_was_not_done() -> None:
    for view in (View.THEMES, View.FULL):
        assert "The notes have not been sorted into themes." in outline(compiled(plain_evening(["a"]), view).blocks)


def test_a_theme_without_notes_says_so() -> None:
    evening = plain_evening(["a", "b"], themes=(FileTheme("t", "Full", ("n0", "n1")), FileTheme("e", "Left by all")))
    for view in (View.THEMES, View.FULL):
        lines = section(outline(compiled(evening, view).blocks), "Themes")
        assert lines[-2:] == ["These themes have no notes:", "- Left by all"]


def test_an_evening_without_notes_says_so() -> None:
    for view in View:
        assert "This evening has no notes to show." in outline(compiled(plain_evening([]), view).blocks)


@pytest.mark.parametrize("view", View)
def test_heading_levels_never_skip(view: View) -> None:
    for evening in (full_evening(), plain_evening([]), plain_evening(["a"], themes=(FileTheme("t", "T", ("n0",)),))):
        levels = [b.level for b in compiled(evening, view).blocks if isinstance(b, Heading)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))


def test_what_no_file_can_hold_is_shown_as_unreadable() -> None:
    assert Said("a\x00b\x0bc\tд\n").text == "a\ufffdb\ufffdc\tд\n"
    note = FileNote("n1", 1, "bell\x07")
    document = compiled(plain_evening([], notes=(note,)), View.GROUPS)
    assert Said("bell\ufffd") in list(all_inlines(document))


def test_our_own_words_are_told_from_what_people_said() -> None:
    evening = plain_evening(["a"], title="*Title*", place="<place>")
    theirs = [i.text for i in all_inlines(compiled(evening, View.GROUPS)) if isinstance(i, Said)]
    ours = [i.text for i in all_inlines(compiled(evening, View.GROUPS)) if isinstance(i, Text)]
    assert {"*Title*", "<place>", "a"} <= set(theirs)
    assert not {"*Title*", "<place>", "a"} & set(ours)
