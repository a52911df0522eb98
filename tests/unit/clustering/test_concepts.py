"""The concept library: a file edited by hand is read as meant, and the shipped one keeps what its heading asks for."""

from __future__ import annotations

import unicodedata
from importlib import resources

import pytest

from verkstad.clustering.concepts import Concept, expecting, read_concepts, shipped
from verkstad.domain.errors import Invalid
from verkstad.domain.expected import MAX_LINE


def test_a_line_is_a_title_and_its_words() -> None:
    text = "# Lokaler\n\nBrist på lokaler: ingenstans att vara, 18:30 är allt upptaget\n  Nycklar :  taggar, koder \n"
    assert read_concepts(text) == [
        Concept("Brist på lokaler", "ingenstans att vara, 18:30 är allt upptaget"),
        Concept("Nycklar", "taggar, koder"),
    ]


def test_a_file_from_any_editor_reads_the_same() -> None:
    text = "# Ute\nSkötsel: gräs, ogräs\nBelysning: mörkt på vägen\n"
    edited = "\ufeff" + unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert read_concepts(edited) == read_concepts(text)


def test_an_empty_library_has_no_concepts() -> None:
    assert read_concepts("# Inget än\n") == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Bara en rubrik", "line 3: a concept is a title, a colon and a few words"),
        ("Utan ord:", "line 3: a concept is a title, a colon and a few words"),
        (": utan rubrik", "line 3: a concept is a title, a colon and a few words"),
        ("Långt: " + "å" * MAX_LINE, "line 3: a concept has at most 200 characters, this one has 207"),
        ("SKÖTSEL: häckar", "line 3: the title “SKÖTSEL” is already on line 2"),
    ],
)
def test_a_fault_is_named_with_its_line(line: str, reason: str) -> None:
    with pytest.raises(ValueError) as caught:
        read_concepts(f"# Ute\nSkötsel: gräs\n{line}\n")
    assert str(caught.value) == reason


def test_a_title_in_brackets_is_known_and_no_headline() -> None:
    assert read_concepts("(Vet inte): ingen åsikt\nBad: simma") == [
        Concept("Vet inte", "ingen åsikt", headline=False),
        Concept("Bad", "simma"),
    ]


def test_what_an_evening_expects_goes_before_what_is_called_the_same() -> None:
    library = [Concept("Bad", "simma"), Concept("Buss", "åka")]
    assert expecting(library, ["BAD: kallbadhuset,  bastun\n", "", "Tornet"]) == (
        Concept("Buss", "åka"),
        Concept("BAD", "kallbadhuset, bastun", expected=True),
        Concept("Tornet", "", expected=True),
    )
    with pytest.raises(Invalid, match="bad_expected"):
        expecting(library, [": utan rubrik"])


def test_how_somebody_answers_is_no_shipped_headline() -> None:
    quiet = {concept.title for concept in shipped() if not concept.headline}
    assert {"Vet inte", "Skämt och hälsningar", "Hört allt förut"} <= quiet
    assert len(quiet) < 20


def test_the_shipped_library_covers_municipal_and_association_life() -> None:
    assert len(shipped()) >= 400


def test_a_shipped_title_can_stand_as_a_headline() -> None:
    titles = [concept.title for concept in shipped()]
    assert [title for title in titles if len(title.split()) > 4 or not title[0].isupper() or title[-1] in ".!?,"] == []


def test_shipped_words_are_several_and_other_than_the_title() -> None:
    for concept in shipped():
        phrases = [phrase.casefold() for phrase in concept.words.split(", ")]
        assert len(phrases) == len(set(phrases)) >= 3, concept
        assert len(concept.words.split()) >= 7, concept
        assert concept.title.casefold() not in phrases, concept


def test_no_two_shipped_concepts_share_more_than_a_phrase() -> None:
    concepts = [(concept.title, set(concept.words.casefold().split(", "))) for concept in shipped()]
    alike = [(a, b) for i, (a, some) in enumerate(concepts) for b, others in concepts[:i] if len(some & others) > 1]
    assert alike == []


def test_the_shipped_file_is_plain() -> None:
    text = resources.files("verkstad.clustering.concepts").joinpath("sv.txt").read_text(encoding="utf-8")
    assert "\t" not in text
    assert text == unicodedata.normalize("NFC", text)
    assert [line for line in text.splitlines() if line != line.strip()] == []
