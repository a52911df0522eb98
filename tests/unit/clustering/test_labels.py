"""A headline is what most notes of a theme are about, else words of their own; no name, and no way to answer."""

from __future__ import annotations

from collections.abc import Sequence

from encoders import needs_e5
from subjects import vectors_about
from verkstad.clustering.concepts import expecting, shipped
from verkstad.clustering.encoder import best_encoder
from verkstad.clustering.labels import headlines
from verkstad.clustering.material import Material
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.themes import Note

BUSES = ["Bussen går för sällan", "Fler turer på kvällen", "Dyra bussbiljetter", "Hållplatsen saknar tak"]
FOOD = ["Skolmaten är kall", "Mer grönsaker till lunch", "Matsalen är för högljudd", "Laga maten på skolan"]
ANSWERS = ["Vet inte", "Ingen åsikt", "Svårt att svara på", "Hoppar över frågan"]
MIXED = ["Gymmet är för dyrt", "Tåget är försenat jämt", "Gräset är för långt", "Biblioteket stänger tidigt"]


def of_words(texts: Sequence[str]) -> str:
    """The headline of one theme where no concept is known."""
    notes = [Note(f"n{i}", text) for i, text in enumerate(texts)]
    [headline] = headlines(
        Material(notes, vectors_about([0] * len(texts)), SimpleEncoder()), [range(len(texts))], [None]
    )
    return headline


def of_concepts(*themes: Sequence[str], expected: Sequence[str] = ()) -> list[str]:
    """The headlines of themes with the shipped concepts."""
    texts = [text for theme in themes for text in theme]
    notes = [Note(f"n{i}", text) for i, text in enumerate(texts)]
    concepts = expecting(shipped(), expected)
    material = Material(notes, best_encoder().embed(texts), best_encoder(), concepts)
    row_of = {text: row for row, text in enumerate(material.texts)}
    return headlines(material, [[row_of[text] for text in theme] for theme in themes], [None] * len(themes))


def test_words_that_many_say_are_a_headline() -> None:
    said = ["Bussarna på kvällen", "fler bussar mot kvällen", "bussarna är sena", "kvällen är mörk"]
    assert set(of_words(said).casefold().split(", ")) == {"bussarna", "kvällen"}


def test_else_a_short_note_speaks_for_them_that_names_nobody_and_asks_nothing() -> None:
    said = [
        "Anna Karlsson borde lyssna",
        "Håller med grupp 4",
        "Vem bestämmer om bygget?",
        "Säg hellre nej än ingenting.",
    ]
    assert of_words(said) == "Säg hellre nej än ingenting"


def test_what_says_nothing_is_numbered() -> None:
    assert of_words(["Anna Karlsson", "?"]) == "Tema 1"


@needs_e5
def test_a_concept_names_what_most_notes_are_about_and_never_how_they_answer() -> None:
    buses, food, answers, mixed = of_concepts(BUSES, FOOD, ANSWERS, MIXED)
    titles = {concept.title for concept in shipped()}
    assert {buses, food} <= titles
    assert "Skol" in food or "Mat" in food
    assert answers not in {concept.title for concept in shipped() if not concept.headline}
    assert mixed not in titles


@needs_e5
def test_what_an_evening_expects_goes_before_what_the_library_has() -> None:
    line = "Turtätheten: hur ofta bussen går, sista turen, biljettpriset, hållplatserna"
    assert of_concepts(BUSES, FOOD, MIXED, expected=[line])[0] == "Turtätheten"
