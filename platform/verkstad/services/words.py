"""The catalogue below the doors: the standard library's gettext over our translations."""

from __future__ import annotations

import gettext
from functools import cache

from verkstad.assets import asset_root
from verkstad.domain.errors import DomainError

LANGUAGES = ("sv", "en")


@cache
def words_of(language: str, domain: str = "messages") -> gettext.NullTranslations:
    """The words of a language; English msgids stand where a translation is missing."""
    return gettext.translation(domain, asset_root("translations"), [language], fallback=True)


def sentence(error: DomainError, language: str) -> str:
    """A refusal in a language."""
    words = words_of(language).gettext(error.message)
    # Without named places none are looked for: a % would be read as one.
    return words % error.params if error.params else words
