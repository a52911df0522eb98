"""What ships with the product: an evening and four question sets, and what they promise."""

from __future__ import annotations

from importlib import resources

import pytest

from evenings.seeds import SEEDS, needs_seeds, seed
from verkstad.domain.question_set import QuestionSet, read_question_set, write_question_set
from verkstad.services.imports import read_workshop_file

EVENING = resources.files("verkstad").joinpath("evenings/evening.json").read_bytes()
SETS = {
    file.name: read_question_set(file.read_bytes())
    for file in resources.files("verkstad").joinpath("question_sets").iterdir()
    if file.name.endswith(".yaml")
}


def test_the_shipped_evening_is_like_a_real_one() -> None:
    evening = read_workshop_file(EVENING, "evening.json")
    lengths = [len(note.text) for note in evening.notes]
    assert (len(evening.groups), len(evening.questions), evening.themes) == (8, 4, ())
    assert 65 <= len(lengths) <= 80
    assert (min(lengths), 400 < max(lengths) <= 480) == (13, True)
    assert len({note.text for note in evening.notes}) == len(lengths)


def test_some_groups_of_the_shipped_evening_wrote_under_headings_and_some_did_not() -> None:
    evening = read_workshop_file(EVENING, "evening.json")
    without = {group.number for group in evening.groups} - {n.group for n in evening.notes if n.question}
    assert without == {2, 5}
    assert all(n.question is None for n in evening.notes if n.group in without)


def test_the_shipped_evening_holds_what_a_demonstration_must_show() -> None:
    texts = [note.text for note in read_workshop_file(EVENING, "evening.json").notes]
    assert sum(text.endswith("?") for text in texts) >= 8
    for needle in ("http", "🌻", "Smedjegatan 7 B", "Gunilla Ekvall", "We moved here", "السويد", "suomeksi"):
        assert any(needle in text for text in texts), needle


def test_the_notes_of_the_shipped_evening_came_in_during_about_an_hour() -> None:
    evening = read_workshop_file(EVENING, "evening.json")
    times = [note.created_at for note in evening.notes if note.created_at]
    assert len(times) == len(evening.notes)
    assert times == sorted(times)
    assert 45 * 60 < (times[-1] - times[0]).total_seconds() < 75 * 60


@needs_seeds
def test_the_shipped_evening_copies_nothing_from_the_seed_documents() -> None:
    ours = {words for note in read_workshop_file(EVENING, "evening.json").notes for words in _runs(note.text)}
    theirs = {words for path in SEEDS.glob("*.txt") for words in _runs(path.read_text())}
    assert not ours & theirs


def _runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    words = text.lower().split()
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.mark.parametrize("content", SETS.values(), ids=SETS)
def test_a_shipped_set_is_complete_and_reads_back(content: QuestionSet) -> None:
    assert content.description
    assert all(question.help and question.easy for question in content.questions)
    assert read_question_set(write_question_set(content)) == content


def test_the_ids_of_the_shipped_sets_and_their_questions_never_change() -> None:
    # Answers of different years are compared by these. A reworded question keeps its id; a new one gets a new id.
    assert {content.id: [question.id for question in content.questions] for content in SETS.values()} == {
        "overenskommelsens-relevans-2024-2027": [
            "relevans-uppna",
            "relevans-betydelse",
            "relevans-for-alla",
            "relevans-arbetssatt",
        ],
        "overenskommelsen-synpunkter-2023": [
            "synpunkter-relevans",
            "synpunkter-kommunikation",
            "synpunkter-arbetssatt",
            "synpunkter-framat",
        ],
        "social-hallbarhet-kommun-civilsamhalle": [
            "hallbarhet-fungerar",
            "hallbarhet-hinder",
            "hallbarhet-nas-inte",
            "hallbarhet-borja",
        ],
        "krisberedskap-temakvall": [
            "kris-forsta-veckan",
            "kris-bidra",
            "kris-utanfor",
            "kris-vem-gor-vad",
            "kris-ova",
        ],
    }


@needs_seeds
def test_the_four_questions_of_2024_are_asked_as_they_were() -> None:
    minutes = " ".join(seed("001").read_text().split())
    asked = SETS["overenskommelsens-relevans-2024-2027.yaml"].questions
    assert len(asked) == 4
    assert all(f"- {question.prompt}" in minutes for question in asked)
