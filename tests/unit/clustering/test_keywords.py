"""Keywords are a theme's own words, in their commonest form, and nobody's name."""

from __future__ import annotations

from verkstad.clustering.keywords import keywords
from verkstad.clustering.lemmas import is_name, lemma, parts


def test_the_words_of_a_theme_are_those_it_has_more_than_others() -> None:
    bus = ["Bussarna går sällan", "fler bussar i Bergen tack", "bussarna är fulla på morgonen"]
    food = ["maten är kall", "varm mat i skolan", "maten i skolan"]
    first, second = keywords([bus, food])
    assert first[0] == "bussarna"
    assert set(second) >= {"maten", "skolan"}


def test_a_word_said_once_or_by_one_text_again_and_again_is_no_keyword() -> None:
    assert keywords([["simhallen behövs", "simhallen behövs", "bio vore kul"]]) == [()]


def test_no_name_is_a_keyword_however_it_is_written() -> None:
    notes = [
        "Anna Lindström lyssnar",
        "prata med anna lindström",
        "Fatima och Mohammed hjälper",
        "fatima mohammed stockholm",
    ]
    found = {word for theme in keywords([notes]) for word in theme}
    assert not found & {"anna", "lindström", "fatima", "mohammed", "stockholm"}


def test_the_dictionary_tells_names_forms_and_parts() -> None:
    assert is_name("karlsson")
    assert not is_name("bussarna")
    assert lemma("bussarna") == "buss"
    assert parts("föreningslokalen") == ("förening", "lokal")
    assert parts("buss") == ()
