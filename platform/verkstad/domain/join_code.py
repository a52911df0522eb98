"""The join code: six symbols that can be read aloud in a noisy hall and typed on a phone."""

from __future__ import annotations

import secrets

from verkstad.domain.errors import N_, Invalid

# No vowels (no words, rude or not) and no two symbols that look alike: no 0/O, 1/I, 8/B, 5/S, 2/Z, 6/G.
# 23 symbols, 27 bits a code; digits that resemble a left-out letter stay.
ALPHABET = "23456789CDFHJKLMNPRTVWX"
LENGTH = 6


def new_join_code() -> str:
    """A fresh random code, such as ``KRTM7W``."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def parse_join_code(typed: str) -> str:
    """The plain code in what a person typed: any case; spaces, hyphens and dashes ignored.

    Raises:
        Invalid: ``bad_code`` when what is left is not six symbols of the alphabet.
    """
    code = "".join(c for c in typed.upper() if not c.isspace() and c not in "-–—‐‑.")
    if len(code) != LENGTH or any(c not in ALPHABET for c in code):
        raise Invalid(
            "bad_code", N_("A code has six letters and digits, such as KRT-M7W. Check the sign on the table.")
        )
    return code


def spell_join_code(code: str) -> str:
    """The code as people see it, in two halves: ``KRT-M7W``."""
    return f"{code[:3]}-{code[3:]}"
