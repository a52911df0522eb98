"""Expected themes: a line each, kept as it was meant or refused with its number."""

from __future__ import annotations

import pytest

from verkstad.domain.errors import Invalid
from verkstad.domain.expected import MAX_EXPECTED, MAX_LINE, read_expected, split_expected


def test_lines_are_kept_without_what_says_nothing() -> None:
    typed = ["  Mötesplatser:  kafé,  lokal ", "", "\t", "Bussar", "Kvällar: tid: nio"]
    assert read_expected(typed) == ("Mötesplatser: kafé, lokal", "Bussar", "Kvällar: tid: nio")
    assert read_expected(read_expected(typed)) == read_expected(typed)
    assert read_expected([]) == ()


def test_a_line_is_a_title_and_how_people_put_it() -> None:
    assert split_expected("Kvällar: tid: nio") == ("Kvällar", "tid: nio")
    assert split_expected("Bussar") == ("Bussar", "")


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["Bussar", ": tider"], 2),
        (["", "x: " + "o" * MAX_LINE], 2),
        (["t" * 101], 1),
        (["Bussar: tider", "Skola", "BUSSAR"], 3),
        (["Bussar\x07"], 1),
        ([f"Tema {n}" for n in range(MAX_EXPECTED + 1)], MAX_EXPECTED + 1),
    ],
)
def test_the_first_line_that_cannot_be_kept_is_named(lines: list[str], number: int) -> None:
    with pytest.raises(Invalid) as refused:
        read_expected(lines)
    assert (refused.value.code, refused.value.params["line"]) == ("bad_expected", number)


def test_as_many_as_may_be_are_kept() -> None:
    most = [f"Tema {n}" for n in range(MAX_EXPECTED)]
    assert read_expected([*most, ""]) == tuple(most)
    assert read_expected(["T: " + "o" * (MAX_LINE - 3)]) != ()
