"""Compilations as people write them: text and Markdown in, groups, questions and notes out, verbatim."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verkstad.domain.errors import Invalid
from verkstad.domain.workshop_file import WorkshopFile
from verkstad.services.imports import read_workshop_file

Seen = list[tuple[int, str | None, str]]


def read(text: str, name: str = "anteckningar.txt") -> WorkshopFile:
    return read_workshop_file(dedent(text).encode(), name)


def seen(evening: WorkshopFile) -> Seen:
    """What a reader of the document sees: group, heading and text of every note."""
    prompts = {q.id: q.prompt for q in evening.questions}
    return [(n.group, prompts[n.question] if n.question else None, n.text) for n in evening.notes]


def refusal(data: bytes | str, name: str = "fil.txt") -> tuple[str, str]:
    """The code and the English sentence of what the file is refused with."""
    with pytest.raises(Invalid) as caught:
        read_workshop_file(data.encode() if isinstance(data, str) else data, name)
    return caught.value.code, caught.value.message % caught.value.params


MARKED = """\
    # Synpunkter från öppna kvällen 2025-11-04

    Plats: Folkets hus

    Vi blandade borden.

    ### Grupp 1.

    - Första "lappen" - med streck
    - Andra lappen

    ## Grupp 3: Ungdomsrådet

    ### Lokaler

    - Var får vi vara?

    #### Tider

    - Helger
    - Kvällar

    ## Grupp 2

    ### Lokaler

    - Hyran är för hög
    """


def test_headings_become_questions_and_group_numbers_are_kept() -> None:
    evening = read(MARKED)
    assert seen(evening) == [
        (1, None, 'Första "lappen" - med streck'),
        (1, None, "Andra lappen"),
        (3, "Lokaler", "Var får vi vara?"),
        (3, "Tider", "Helger"),
        (3, "Tider", "Kvällar"),
        (2, "Lokaler", "Hyran är för hög"),
    ]
    assert [(g.number, g.name) for g in evening.groups] == [(1, ""), (2, ""), (3, "Ungdomsrådet")]
    assert [(q.id, q.prompt) for q in evening.questions] == [("q1", "Lokaler"), ("q2", "Tider")]
    assert [n.id for n in evening.notes] == ["g1-1", "g1-2", "g3-1", "g3-2", "g3-3", "g2-1"]


def test_questions_stand_in_an_order_that_suits_every_group() -> None:
    evening = read(
        "# K\n## Grupp 1\n### B\n- b\n### D\n- d\n## Grupp 2\n### A\n- a\n### B\n- b\n### C\n- c\n### D\n- d\n"
    )
    assert [(q.id, q.prompt) for q in evening.questions] == [("q1", "A"), ("q2", "B"), ("q3", "C"), ("q4", "D")]
    assert [n.question for n in evening.notes] == ["q2", "q4", "q1", "q2", "q3", "q4"]


def test_what_stands_above_the_groups_is_title_date_place_and_preface() -> None:
    evening = read(MARKED)
    assert evening.title == "Synpunkter från öppna kvällen"
    assert evening.held_on == date(2025, 11, 4)
    assert evening.place == "Folkets hus"
    assert evening.preface == "Vi blandade borden."


WORD_TEXT = (
    "Sammanfattning av mötet\n6 november 2025\nBord 1\n•\tFörsta\n•\tAndra\nBord 2\nVad hindrar?\n•\tTid\n"
    "•\tPengar\nVad hjälper\n1.\tKaffe\n2)\tTillit\n–\tStreck\n*\tStjärna\n"
)


@pytest.mark.parametrize("lines", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_as_word_saves_it(lines: str, encoding: str) -> None:
    evening = read_workshop_file(WORD_TEXT.replace("\n", lines).encode(encoding), "möte.txt")
    assert evening.title == "Sammanfattning av mötet"
    assert evening.held_on == date(2025, 11, 6)
    assert seen(evening) == [
        (1, None, "Första"),
        (1, None, "Andra"),
        (2, "Vad hindrar?", "Tid"),
        (2, "Vad hindrar?", "Pengar"),
        (2, "Vad hjälper", "Kaffe"),
        (2, "Vad hjälper", "Tillit"),
        (2, "Vad hjälper", "Streck"),
        (2, "Vad hjälper", "Stjärna"),
    ]


def test_plain_text_as_libreoffice_saves_it() -> None:
    evening = read_workshop_file("Kväll\nBord 1\n    • a\n    • b\nLokaler\n    • c\n".encode(), "möte.txt")
    assert (evening.title, seen(evening)) == ("Kväll", [(1, None, "a"), (1, None, "b"), (1, "Lokaler", "c")])


def test_lines_below_an_item_belong_to_its_note_until_something_new_begins() -> None:
    evening = read(
        """\
        # Kväll
        ## Grupp 1
        - Se här:
        https://example.org/a_b
        Och [här](https://example.org).
        - Två saker:
          - den ena
          - den andra

          Och ett tillägg.
        - Sist
        """
    )
    assert [n.text for n in evening.notes] == [
        "Se här:\nhttps://example.org/a_b\nOch [här](https://example.org).",
        "Två saker:\n- den ena\n- den andra\n\nOch ett tillägg.",
        "Sist",
    ]


def test_a_paragraph_below_a_group_is_a_note_and_not_dropped() -> None:
    evening = read(
        "Grupp 1.\n\nVi pratade om allt.\n\nOch om lite till.\n\nGrupp 2 tyckte likadant.\n\nGrupp 2\n\nJa.\n"
    )
    assert seen(evening) == [
        (1, None, "Vi pratade om allt."),
        (1, None, "Och om lite till."),
        (1, None, "Grupp 2 tyckte likadant."),
        (2, None, "Ja."),
    ]
    assert evening.title == "anteckningar"


def test_in_unmarked_text_a_line_is_a_paragraph_unless_it_goes_on_in_small_letters() -> None:
    evening = read("Kväll\nGrupp 1\nVi pratade om det\nsom alla pratar om.\nOch om annat.\n")
    assert [n.text for n in evening.notes] == ["Vi pratade om det\nsom alla pratar om.", "Och om annat."]


def test_a_compilation_question_by_question_gives_the_same_notes() -> None:
    evening = read(
        """\
        # Kväll
        ## Lokaler
        ### Grupp 1
        - a
        ### Grupp 2
        - b
        ## Tider
        ### Grupp 1
        - c
        ### Grupp 2
        - d
        """
    )
    assert seen(evening) == [(1, "Lokaler", "a"), (2, "Lokaler", "b"), (1, "Tider", "c"), (2, "Tider", "d")]
    assert [n.id for n in evening.notes] == ["g1-1", "g2-1", "g1-2", "g2-2"]


def test_an_english_compilation_is_an_english_evening() -> None:
    evening = read("# Notes, 4 November 2025\n\n## Table 1\n\n- One way in\n")
    assert (evening.language, evening.title, evening.held_on) == ("en", "Notes", date(2025, 11, 4))


def test_bold_lines_and_underlined_ones_are_headings() -> None:
    evening = read("Kväll\n=====\n\n**Grupp 1**\n\n**Lokaler**\n\n- a\n")
    assert (evening.title, seen(evening)) == ("Kväll", [(1, "Lokaler", "a")])


def test_markdown_escapes_are_undone_in_markdown_and_left_alone_in_text() -> None:
    text = "# K\n## Grupp 1\n- 2 \\* 3 \\_x\\_ &amp; c:\\\\d\\\n  rad två\n- en rad som\n  bryts\n"
    assert [n.text for n in read(text, "a.md").notes] == ["2 * 3 _x_ & c:\\d\nrad två", "en rad som bryts"]
    assert [n.text for n in read(text, "a.txt").notes] == [
        "2 \\* 3 \\_x\\_ &amp; c:\\\\d\\\nrad två",
        "en rad som\nbryts",
    ]


def test_reading_the_same_file_again_gives_the_same_evening() -> None:
    assert read(MARKED) == read(MARKED)


@pytest.mark.parametrize(
    ("data", "code", "sentence"),
    [
        ("", "not_a_workshop", "The file has no text."),
        ("Hej\n\n- a\n- b\n", "not_a_workshop", "0 headings and 2 list items; line 1 says “Hej”"),
        ("# K\n\n## Grupp 1\n\n## Grupp 2\n", "not_a_workshop", "Line 3 has a group"),
        ("# K\n## Grupp 0\n- a\n", "bad_group", "Line 2: groups are numbered from 1 to 999."),
        (f"Grupp 1\n- a\n- {'b ' * 600}\n", "text_too_long", "Line 3: the note that begins “b b b"),
        ("Grupp 1\n- a\x07b\n", "control_characters", "Line 2: the note that begins “ab”"),
        (b"\x00\x01\x02", "not_a_workshop", "The file is not text."),
        (b"%PDF-1.7", "not_a_workshop", "This is a PDF."),
        (b"PK\x03\x04", "not_a_workshop", "neither a Word file nor"),
        (b"\xd0\xcf\x11\xe0\xa1", "not_a_workshop", "old Office file"),
        (b"a" * 1_000_001, "file_too_large", "larger than 1 MB"),
        (b"{" + b" " * 10_000_000, "file_too_large", "larger than 10 MB"),
    ],
)
def test_what_is_no_compilation_is_refused_in_words_that_say_why(data: bytes | str, code: str, sentence: str) -> None:
    found, message = refusal(data)
    assert (found, sentence in message) == (code, True), message


# Anything printable without a line break of its own, and the beginnings that could be taken for something else.
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_MARKS = st.sampled_from(["- ", "* ", "# ", "1. ", "**", "---", "Grupp 1", "=", "[a](b)", "\\", "&amp;", "• "])
_LINES = st.lists(_MARKS | st.text(_CHARACTERS, min_size=1, max_size=12), min_size=1, max_size=3).map(
    lambda parts: "".join(parts).strip() or "lapp"
)
_NOTES = st.lists(st.lists(_LINES, min_size=1, max_size=2).map("\n".join), min_size=1, max_size=3)
_HEADINGS = _LINES.map(lambda line: f"Om {line}".rstrip("# "))

Section = tuple[str | None, list[str]]
EVENINGS = st.dictionaries(
    st.integers(1, 40),
    st.tuples(
        st.lists(st.tuples(st.none(), _NOTES), min_size=1, max_size=1),
        st.lists(st.tuples(_HEADINGS, _NOTES), max_size=2),
    ).map(lambda parts: [*parts[0], *parts[1]]),
    min_size=1,
    max_size=3,
)


def write(groups: dict[int, list[Section]]) -> str:
    """A compilation in plain text with marked headings, as 003 is."""
    lines = ["# Kvällen", ""]
    for number, sections in groups.items():
        lines += [f"## Grupp {number}", ""]
        for heading, notes in sections:
            lines += [f"### {heading}", ""] if heading is not None else []
            lines += ["- " + note.replace("\n", "\n  ") for note in notes] + [""]
    return "\n".join(lines)


def expected(groups: dict[int, list[Section]]) -> Sequence[tuple[int, str | None, str]]:
    return [(n, heading, note) for n, sections in groups.items() for heading, notes in sections for note in notes]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENINGS)
def test_any_evening_written_as_a_compilation_reads_back_verbatim(groups: dict[int, list[Section]]) -> None:
    wanted = [
        (g, h and unicodedata.normalize("NFC", h), unicodedata.normalize("NFC", n)) for g, h, n in expected(groups)
    ]
    assert seen(read_workshop_file(write(groups).encode(), "kväll.txt")) == wanted
