"""The check of names and numbers: on labelled notes, and on numbers in every way that people write them."""

from __future__ import annotations

import runpy
import string
from datetime import date
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from labelled import labelled, score
from verkstad.clustering.lemmas import may_name
from verkstad.domain import name_check
from verkstad.domain.name_check import Finding, Kind, check, masked, numbers
from verkstad.domain.name_check.lists import FILE

HALVES = ("tuning", "held_out")
FORMED = (Kind.IDENTITY, Kind.PHONE, Kind.EMAIL, Kind.ADDRESS)


def test_there_are_labelled_notes_enough_and_most_expose_nobody() -> None:
    notes = [note for half in HALVES for note in labelled(half)]
    assert len({note.text for note in notes}) >= 300
    assert sum(not note.marks for note in notes) >= 0.6 * len(notes)
    for half in HALVES:
        assert {mark.kind for note in labelled(half) for mark in note.marks} == {*Kind} - {Kind.OTHER}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("kind", FORMED)
def test_numbers_and_addresses_are_all_found(half: str, kind: Kind) -> None:
    recall, precision = score(half, kind)
    assert recall >= 0.99
    assert precision >= 0.95


@pytest.mark.parametrize("half", HALVES)
def test_names_are_found_and_little_else_is(half: str) -> None:
    recall, precision = score(half, Kind.NAME)
    assert recall >= 0.90
    assert precision >= 0.80


@pytest.mark.parametrize(
    "text",
    [
        "Ordföranden, kommunalrådet och verksamhetschefen var här.",
        "Röda Korset i Värmlands län hjälper till.",
        "Björk och sälg skymmer sikten.",
        "Olof Palmes torg och Astrid Lindgrens skola",
        "Alzheimers sjukdom tar all tid.",
        "§ 12, 2023-03-06, dnr KS 2023/1234, 10 000 kr, kl. 18.00-20.00",
        "",
        "…",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert check(text, may_name) == ()


def test_a_finding_is_the_words_themselves() -> None:
    text = "👋 Hälsa Annas mamma Fatima Al-Sayed på Storgatan 4, 070-174 06 05."
    assert [(f.kind, text[f.start : f.end]) for f in check(text, may_name)] == [
        (Kind.NAME, "Anna"),
        (Kind.NAME, "Fatima Al-Sayed"),
        (Kind.ADDRESS, "Storgatan 4"),
        (Kind.PHONE, "070-174 06 05"),
    ]


def test_the_names_are_those_of_the_package_that_they_come_from() -> None:
    gathered = runpy.run_path(str(Path(__file__).parents[4] / ".ci" / "names.py"))["names"]()
    assert (resources.files(name_check) / FILE).read_text("utf-8").splitlines() == gathered


def with_check_digit(digits: str) -> str:
    """Nine digits of an identity number and the tenth, as the Tax Agency says that it is reckoned."""
    products = "".join(str(int(digit) * (2 - i % 2)) for i, digit in enumerate(digits))
    return digits + str(-sum(map(int, products)) % 10)


BETWEEN = st.sampled_from(["", " ", "-", " - ", "\N{EN DASH}", "\N{NO-BREAK SPACE}"])
DATES = st.dates(date(1926, 1, 1), date(2025, 12, 31))
# What may stand around a number: anything but what would make it another one.
AROUND = st.text(st.characters(exclude_categories=["Cs", "Nd"], exclude_characters="+"), max_size=20).map(
    lambda t: f"{t} "
)


@given(born=DATES, serial=st.integers(1, 999), century=st.booleans(), coordination=st.booleans(), last=BETWEEN,
       first=st.sampled_from(["", "-", "."]), before=AROUND, after=AROUND)  # fmt: skip
@example(date(1985, 3, 14), 238, False, False, "-", "", "Träff 2023 ", " ")
def test_every_identity_number_is_found(
    born: date, serial: int, century: bool, coordination: bool, last: str, first: str, before: str, after: str
) -> None:
    day = born.day + (60 if coordination else 0)
    ten = with_check_digit(f"{born:%y%m}{day:02}{serial:03}")
    year = f"{born.year}" if century else ten[:2]
    written = f"{year}{first}{ten[2:4]}{first}{ten[4:6]}{last}{ten[6:]}"
    text = f"{before}{written} {after}"
    at = text.index(written)
    assert any(f.covers(Finding(at, at + len(written), Kind.IDENTITY)) for f in check(text, may_name))


@given(
    number=st.from_regex(r"\A07[02369][1-9][0-9]{6}\Z").filter(str.isascii),
    home=st.sampled_from(["0", "+46", "+46 ", "0046", "+46 (0)"]),
    style=st.sampled_from(["{}{}{}", "{}-{}{}", "{} {} {}", "{}-{} {}", "{}/{} {}", "{}.{}.{}", "{} - {} {}"]),
)
def test_every_mobile_number_is_found(number: str, home: str, style: str) -> None:
    written = home + style.format(number[1:3], number[3:6], number[6:])
    text = f"Ring {written}, hälst på kvällen"
    # Some of them are identity numbers as well, by date and check digit, and are called so.
    assert any(f.covers(Finding(5, 5 + len(written), Kind.PHONE)) for f in check(text, may_name))


LOCAL = st.text(string.ascii_letters + string.digits + "åäöÅÄÖ_-", min_size=1, max_size=12)


@given(
    local=st.lists(LOCAL, min_size=1, max_size=3).map(".".join),
    domain=st.sampled_from(["example.se", "a.b.se", "åäö.se"]),
    at=st.sampled_from(["@", " (at) ", "[at]", " snabel-a "]),
)
def test_every_email_address_is_found(local: str, domain: str, at: str) -> None:
    text = f"skriv till {local}{at}{domain}."
    found = Finding(11, len(text) - 1, Kind.EMAIL)
    assert any(f.covers(found) and f.kind is not Kind.NAME for f in check(text, may_name))


@given(st.text(max_size=200))
@example("Åsa " * 250)
@example("1-" * 500)
@example("a." * 500)
def test_findings_are_in_order_and_apart(text: str) -> None:
    findings = check(text, may_name)
    assert all(0 <= f.start < f.end <= len(text) for f in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))


def test_masks_that_overlap_are_one() -> None:
    masks = [Finding(0, 4, Kind.NAME), Finding(2, 9, Kind.NAME), Finding(12, 14, Kind.PHONE)]
    assert masked("Anna Berg + 08!", masks, str, 100) == "[name] + [phone]!"
    assert masked("Anna", [], str, 100) == "Anna"


@given(st.text(min_size=1, max_size=40), st.data())
def test_a_masked_text_finds_room(text: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda place: place[0] < place[1])
    masks = [Finding(start, end, Kind.NAME) for start, end in data.draw(st.lists(places, max_size=5))]
    assert len(masked(text, masks, str, len(text))) <= len(text)


@pytest.mark.parametrize("piece", ["A-", "a.", "1.1.", "a", "A'", "a@"])
def test_an_endless_word_is_read_once(piece: str) -> None:
    """Were it begun on anew at every letter, this would take longer than anybody would wait."""
    text = piece * 100_000
    assert list(numbers.emails(text)) == []
    assert list(numbers.addresses(text)) == []
    found = text + ", Storgatan 5, anna.berg@exempel.se"
    assert [found[it.start : it.end] for it in numbers.addresses(found)] == ["Storgatan 5"]
    assert [found[it.start : it.end] for it in numbers.emails(found)] == ["anna.berg@exempel.se"]


def test_an_address_is_found_after_any_number_of_signs() -> None:
    text = "." * 100 + "anna.berg@exempel.se"
    assert [text[it.start : it.end] for it in numbers.emails(text)] == [text]
