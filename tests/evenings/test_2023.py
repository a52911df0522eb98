"""The evening of 6 March 2023: the compilation that was made by hand goes in, and the same comes out."""

from __future__ import annotations

import gettext
import re
from collections import Counter
from datetime import date

import pytest
from msgspec.structs import replace

from evenings.seeds import needs_seeds, seed
from verkstad import documents
from verkstad.documents import Format, View
from verkstad.domain.errors import Invalid
from verkstad.domain.workshop_file import FileLine, WorkshopFile
from verkstad.services.imports import read_workshop_file

pytestmark = needs_seeds


def read() -> WorkshopFile:
    path = seed("003")
    return read_workshop_file(path.read_bytes(), path.name)


def lines_by_group() -> list[tuple[int, str]]:
    """Every bullet of the document and its group, found in a way that shares nothing with the importer."""
    found: list[tuple[int, str]] = []
    for part in re.split(r"^#+ Grupp ", seed("003").read_text(), flags=re.MULTILINE)[1:]:
        number = int(part[0])
        for bullet in re.findall(r"^- (.*(?:\n(?![-#\n]).*)*)", part, flags=re.MULTILINE):
            found.append((number, re.sub(r" +$", "", bullet, flags=re.MULTILINE)))
    return found


def test_all_76_notes_are_read_verbatim_in_their_groups() -> None:
    evening = read()
    assert [(note.group, note.text) for note in evening.notes] == lines_by_group()
    assert Counter(n.group for n in evening.notes) == {1: 12, 2: 2, 3: 14, 4: 8, 5: 12, 6: 8, 7: 8, 8: 12}


def test_the_headings_are_the_questions_in_an_order_that_suits_every_group() -> None:
    evening = read()
    assert [question.prompt for question in evening.questions] == [
        "Överenskommelsens relevans",
        "Överenskommelsen",
        "Kommunikation",
        "Arbetsätt",
        "Viktiga frågor framåt",
        "Viktiga frågor",
    ]
    assert {n.group for n in evening.notes if n.question is None} == {1, 2, 4, 5}


def test_title_date_and_the_remark_on_the_numbering_are_kept() -> None:
    evening = read()
    assert evening.title == "Sammanställning av synpunkter på överenskommelsen om samverkan"
    assert evening.held_on == date(2023, 3, 6)
    assert evening.preface.startswith("Numreringen av samtalsgrupperna")


@pytest.mark.parametrize("fmt", [Format.DOCX, Format.ODT, Format.MD])
def test_the_compilation_made_of_it_reads_back_as_the_same_evening(fmt: Format) -> None:
    evening = read()
    made = documents.render(evening, fmt, View.GROUPS, gettext.NullTranslations())
    again = read_workshop_file(made, f"sammanställning.{fmt}")
    assert [(n.group, n.text) for n in again.notes] == [(n.group, n.text) for n in evening.notes]
    assert (again.title, again.held_on, again.preface) == (evening.title, evening.held_on, evening.preface)
    assert [heading_of(n.question, again) for n in again.notes] == [
        heading_of(n.question, evening) for n in evening.notes
    ]


def heading_of(question: str | None, evening: WorkshopFile) -> str | None:
    return {q.id: q.prompt for q in evening.questions}.get(question or "")


@pytest.mark.parametrize("view", [View.QUESTIONS, View.FULL])
def test_a_finished_summary_is_not_taken_for_a_compilation(view: View) -> None:
    made = documents.render(read(), Format.DOCX, view, gettext.NullTranslations())
    with pytest.raises(Invalid, match="marked_summary"):
        read_workshop_file(made, "sammanställning.docx")


@pytest.mark.parametrize("fmt", [Format.DOCX, Format.ODT, Format.MD])
def test_what_the_desk_has_written_is_not_taken_for_notes(fmt: Format) -> None:
    evening = read()
    told = replace(evening, lines=(FileLine("l", "group:1", "Gruppen talade om möten.", (evening.notes[0].id,)),))
    made = documents.render(told, fmt, View.GROUPS, gettext.NullTranslations())
    with pytest.raises(Invalid, match="marked_summary"):
        read_workshop_file(made, f"sammanställning.{fmt}")
