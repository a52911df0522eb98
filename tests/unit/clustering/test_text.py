"""What makes two texts the same, and what a note's words are."""

from __future__ import annotations

from verkstad.clustering.text import pieces, plain, words


def test_case_signs_and_spaces_make_no_difference() -> None:
    assert plain("  Fler  BUSSAR, nu!! ") == plain("fler bussar nu") == "fler bussar nu"


def test_a_note_of_signs_is_itself() -> None:
    assert plain(" ?! ") == "?!"
    assert plain("🚌🚌") != plain("🚲")


def test_figures_are_part_of_a_text_but_are_no_words() -> None:
    assert plain("Linje 3") == "linje 3"
    assert words("Linje 3, åt Örebro") == ["Linje", "åt", "Örebro"]


def test_pieces_of_a_word_know_its_edges() -> None:
    assert pieces("bo", range(3, 5)) == [" bo", "bo ", " bo "]
