"""Gathers the names that the name check knows: what `make names` runs when the package has newer lists.

The most common Swedish names as the authorities publish them, and those of the other countries that the package has.
"""

from __future__ import annotations

import importlib
import pkgutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from faker.providers import person

from verkstad.domain import name_check
from verkstad.domain.name_check.lists import FILE, Sort

HOME = "sv_SE"
# The scripts that notes are written in: those with capitals, where a name can be told from a word, and Arabic.
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "ARABIC")
SHORTEST = 2


def main() -> None:
    """Writes the file beside the check."""
    lines = names()
    Path(name_check.__file__).with_name(FILE).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{len(lines)} names")


def names() -> list[str]:
    """Each name with its sorts, a name a line; a name of the home country is no other country's."""
    sorts: dict[str, set[Sort]] = {}
    for locale in sorted(module.name for module in pkgutil.iter_modules(person.__path__)):
        for field, first, last in (
            ("first_names", Sort.HOME_FIRST, Sort.FIRST),
            ("last_names", Sort.HOME_LAST, Sort.LAST),
        ):
            for name in _listed(locale, field):
                sorts.setdefault(name, set()).add(first if locale == HOME else last)
    for found in sorts.values():
        if Sort.HOME_FIRST in found:
            found.discard(Sort.FIRST)
        if Sort.HOME_LAST in found:
            found.discard(Sort.LAST)
    return [f"{name} {''.join(sorted(found))}" for name, found in sorted(sorts.items())]


def _listed(locale: str, field: str) -> Iterator[str]:
    provider = importlib.import_module(f"{person.__name__}.{locale}").Provider
    for attribute in dir(provider):
        listed = getattr(provider, attribute) if attribute.startswith(field) else None
        for name in listed if isinstance(listed, (tuple, list, dict)) else ():
            for part in unicodedata.normalize("NFC", str(name)).split():
                if _is_name(part):
                    yield part


def _is_name(part: str) -> bool:
    """Whether it is a whole name: no initial, no particle, and in a script that notes are written in."""
    script = unicodedata.name(part[0], "").split(" ")[0]
    caseless = script == "ARABIC"
    return (
        script in SCRIPTS
        and len(part) > SHORTEST - 1
        and part.replace("-", "").replace("'", "").isalpha()
        and (caseless or part[0].isupper())
        and (caseless or not part.isupper())
    )


if __name__ == "__main__":
    main()
