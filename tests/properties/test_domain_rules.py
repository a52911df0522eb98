"""What must always hold of texts, codes and messages, whatever comes in."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from verkstad.domain.errors import DomainError, Invalid
from verkstad.domain.join_code import ALPHABET, new_join_code, parse_join_code, spell_join_code
from verkstad.domain.mutations import parse_batch
from verkstad.domain.note import MAX_LENGTH, normalise_text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@given(st.text(st.characters(), max_size=1100))
def test_a_text_is_kept_as_nfc_or_refused_with_a_reason(text: str) -> None:
    try:
        kept = normalise_text(text)
    except Invalid as refusal:
        assert refusal.code in {"empty_text", "text_too_long", "control_characters"}
    else:
        assert kept == unicodedata.normalize("NFC", text) == normalise_text(kept)
        assert 0 < len(kept) <= MAX_LENGTH
        assert kept.encode("utf-8").decode("utf-8") == kept


@given(st.data())
def test_a_code_is_read_however_it_is_typed(data: st.DataObject) -> None:
    code = new_join_code()
    assert set(code) <= set(ALPHABET)
    typed = "".join(
        data.draw(st.sampled_from([c, c.lower()])) + data.draw(st.sampled_from(["", " ", "-", "–", " - "]))
        for c in spell_join_code(code)
    )
    assert parse_join_code(typed) == code


@given(st.text())
def test_anything_else_typed_as_a_code_is_refused_calmly(typed: str) -> None:
    try:
        assert len(parse_join_code(typed)) == 6
    except Invalid as refusal:
        assert refusal.code == "bad_code"


@given(JSON | st.fixed_dictionaries({"mutations": st.lists(JSON, max_size=5)}))
def test_no_message_crashes_the_reader(payload: Any) -> None:
    try:
        parsed = parse_batch(payload)
    except DomainError:
        return
    assert len(parsed) == len(payload["mutations"])
