"""Question sets as files: what is written is read back, and a fault is named with its line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verkstad.domain.errors import Invalid
from verkstad.domain.question_set import (
    MAX_QUESTIONS,
    QuestionSet,
    SetQuestion,
    read_question_set,
    write_question_set,
)

HAND_MADE = """\
format: verkstad-questions/1
title: Nej till allt?
questions:
  - prompt: no
    help: |
      Första raden: med kolon

      Tredje # med nummertecken
  - id: andra
    prompt: 2024
    easy: Lätt
"""


def refusal(text: str | bytes) -> tuple[str, int | None, str]:
    with pytest.raises(Invalid) as caught:
        read_question_set(text.encode() if isinstance(text, str) else text)
    error = caught.value
    return error.code, error.params.get("line"), error.message % error.params  # type: ignore[return-value]


def test_a_set_written_by_hand_is_read_as_the_words_that_stand_there() -> None:
    found = read_question_set(HAND_MADE.encode())
    assert (found.title, found.language, found.description) == ("Nej till allt?", "sv", "")
    first, second = found.questions
    assert (first.prompt, first.help) == ("no", "Första raden: med kolon\n\nTredje # med nummertecken")
    assert second == SetQuestion("andra", "2024", easy="Lätt")


def test_a_question_without_an_id_has_the_same_one_whenever_and_wherever_it_is_read() -> None:
    first = read_question_set(HAND_MADE.encode()).questions[0]
    elsewhere = HAND_MADE.replace("Nej till allt?", "En annan kväll")
    assert first.id == read_question_set(elsewhere.encode()).questions[0].id
    assert first.id != read_question_set(HAND_MADE.replace("prompt: no", "prompt: ja").encode()).questions[0].id


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("format: verkstad-questions/1", "format: något/2", "not_a_question_set", 1),
        ("format: verkstad-questions/1\n", "", "not_a_question_set", 1),
        ("title: Nej till allt?", "titel: Nej", "unknown_field", 2),
        ("title: Nej till allt?", "title: ''", "missing_field", 2),
        ("title: Nej till allt?", "title: [a, b]", "bad_field", 2),
        ("title: Nej till allt?", "title: a\ntitle: b", "duplicate_field", 3),
        ("title: Nej till allt?", f"title: {'x' * 201}", "text_too_long", 2),
        ("title: Nej till allt?", "title: Nej\nlanguage: de", "bad_field", 3),
        ("    easy: Lätt", "    kind: choice", "bad_field", 11),
        ("    easy: Lätt", "    easy: &a Lätt\n    help: *a", "broken_yaml", 12),
        ("id: andra", "id: den andra", "bad_id", 9),
        ("  - prompt: no", "  - id: andra\n    prompt: no", "duplicate_id", 10),
        ("  - prompt: no", "  - bara text\n  - prompt: no", "bad_field", 4),
        ("    easy: Lätt", "   easy: Lätt", "broken_yaml", 11),
        ("title: Nej till allt?", "title: 'Nej", "broken_yaml", 12),
        ("Lätt", "L\x07tt", "control_characters", 11),
    ],
)
def test_a_fault_is_refused_with_its_line(old: str, new: str, code: str, line: int) -> None:
    found = refusal(HAND_MADE.replace(old, new, 1))
    assert found[:2] == (code, line), found


def test_what_is_no_set_at_all_is_refused() -> None:
    assert refusal("")[0] == "not_a_question_set"
    assert refusal("Hej\n\n- a\n")[0] == "not_a_question_set"
    assert refusal("title: å".encode("latin-1"))[0] == "not_utf8"
    assert refusal("[" * 100_000)[0] == "too_deep"
    assert refusal(b" " * 1_000_001)[0] == "file_too_large"
    assert refusal("format: verkstad-questions/1\ntitle: Tom\n")[0] == "no_questions"
    many = "".join(f"  - prompt: Fråga {n}\n" for n in range(MAX_QUESTIONS + 1))
    assert refusal(f"format: verkstad-questions/1\ntitle: Lång\nquestions:\n{many}")[0] == "too_many_questions"


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff"), max_size=60
).map(lambda text: unicodedata.normalize("NFC", text).strip())
PROMPTS = TEXTS.filter(bool)
PARAGRAPHS = st.lists(PROMPTS, max_size=3).map("\n".join)


@settings(deadline=None)
@given(
    PROMPTS, PARAGRAPHS, st.sampled_from(["sv", "en"]), st.lists(st.tuples(PROMPTS, PARAGRAPHS, PARAGRAPHS), min_size=1)
)
def test_any_set_written_as_a_file_reads_back_the_same(
    title: str, description: str, language: str, asked: list[tuple[str, str, str]]
) -> None:
    questions = tuple(SetQuestion(f"q{n}", *texts) for n, texts in enumerate(asked))
    content = QuestionSet("en-kvall", title, description, language, questions)  # type: ignore[arg-type]
    assert read_question_set(write_question_set(content)) == content
