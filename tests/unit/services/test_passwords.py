"""Which passwords are refused: those that somebody who knows the owner, the product or the season would guess."""

from __future__ import annotations

import pytest

from verkstad.domain.errors import Invalid
from verkstad.services.passwords import check_password


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kort ord", "short_password"),
        ("å" * 257, "long_password"),
        ("aaaaaaaaaaaaaaaa", "weak_password"),
        ("Sommaren2026!", "weak_password"),
        ("lösenord12345", "weak_password"),
        ("Verkstad2026!!", "weak_password"),
        ("anna.berg2026", "weak_password"),
        ("passwordpassword", "weak_password"),
        ("qwertyuiop12", "weak_password"),
    ],
)
def test_a_password_that_can_be_guessed_is_refused(password: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_password(password, "anna.berg@example.se", "Anna Berg")
    assert refused.value.code == code


@pytest.mark.parametrize(
    "password",
    [
        "kaffe moln spade",
        "tre gröna cyklar",
        "x9K2mvPq81Lz",
        "ø" * 3 + "lyktstolpe kanel regnrock",
        "".join(f"{n * n:x}ä" for n in range(60)),
    ],
)
def test_words_and_noise_both_make_a_password(password: str) -> None:
    check_password(password, "anna.berg@example.se", "Anna Berg")
