"""The built files of the surfaces: their hashed names, and the words they speak."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from verkstad.assets import asset_root
from verkstad.services.words import words_of


def asset(name: str) -> str:
    """The URL of a built file, such as ``phone.js``.

    Raises:
        KeyError: it has not been built (``make setup`` builds it).
    """
    return f"/static/dist/{_manifest()[name]}"


@cache
def _manifest() -> dict[str, str]:
    manifest: dict[str, str] = json.loads((asset_root("static") / "dist" / "manifest.json").read_text())
    return manifest


@cache
def frontend_words(language: str) -> dict[str, Any]:
    """The surfaces' catalogue: msgid to text, or to the list of its plural forms."""
    catalogue = getattr(words_of(language, "frontend"), "_catalog", {})
    plurals: dict[str, dict[int, str]] = {}
    words: dict[str, Any] = {}
    for key, text in catalogue.items():
        if isinstance(key, tuple):
            plurals.setdefault(key[0], {})[key[1]] = text
        elif key:
            words[key] = text
    return words | {key: [forms[i] for i in sorted(forms)] for key, forms in plurals.items()}
