"""The catalogue below the doors: the standard library's gettext over our translations."""

from __future__ import annotations

import gettext
from functools import cache

from verkstad.assets import asset_root

LANGUAGES = ("sv", "en")


@cache
def words_of(language: str, domain: str = "messages") -> gettext.NullTranslations:
    """The words of a language; English msgids stand where a translation is missing."""
    return gettext.translation(domain, asset_root("translations"), [language], fallback=True)
