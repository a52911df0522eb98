"""The normal form is Unicode's own, and no text makes it slow."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verkstad.domain.characters import nfc
from verkstad.domain.note import has_unprintable

MARKS = "\u0301\u0323\u0344\u0345\u0f73\u093c\u3099"


@given(st.lists(st.sampled_from([*MARKS, *"aåÅ한é\u1100\u1161\u0958\u2126", "\ud800"]), max_size=60))
def test_it_is_the_library_s_normal_form(pieces: list[str]) -> None:
    text = "".join(pieces) * 10
    assert nfc(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("pile", ["\u0301\u0323", "\u0f73", "\u0344\u0323"])
def test_piled_up_marks_take_no_minute(pile: str) -> None:
    began = time.process_time()
    nfc("a" + pile * 80_000)
    assert time.process_time() - began < 5


def test_controls_and_halves_of_characters_are_unprintable_and_nothing_else() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        control = unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\r\t"
        assert has_unprintable(f"a{character}b") == (control or character in "\ufffe\uffff"), hex(code)
