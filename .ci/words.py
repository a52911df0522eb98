"""Keeps the catalogues in step with the words in the code.

`words.py update` gathers new words and drops unused ones; `words.py check` only tells what is amiss.
Swedish must be complete; English needs no translation, for the msgids are English.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "platform"
TRANSLATIONS = SOURCE / "translations"
LOCALES = ("sv", "en")
LAZY = {"lazy_gettext": None, "_l": None, "lazy_ngettext": (1, 2)}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY, "t": None, "tn": (1, 2)}
# A broken template must stop us instead of hiding its words, and JavaScript has words inside `${…}`.
OPTIONS = {
    "**.html": {"silent": "false"},
    "**.txt": {"silent": "false"},
    "**.js": {"parse_template_string": "true"},
}


def _gather(folder: Path, method_map: list[tuple[str, str]]) -> Catalog:
    template = Catalog()
    for _, _, words, comments, context in extract_from_dir(folder, method_map, OPTIONS, KEYWORDS, ["Translators:"]):
        template.add(words, auto_comments=comments, context=context)
    return template


def _messages() -> Catalog:
    pages = [(f"templates/**.{end}", "jinja2") for end in ("html", "txt")]
    return _gather(SOURCE, [("verkstad/**.py", "python"), *pages])


def _frontend() -> Catalog:
    """Babel reads JavaScript, so the bundler takes the types and the markup away first."""
    subprocess.run(["node", "platform/frontend/build.mjs", "--words"], cwd=ROOT, check=True)
    return _gather(ROOT / "build" / "words", [("**.js", "javascript")])


def _read(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale, project="Verkstad", header_comment=f"# {path.stem}, {locale}", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        # Without places in it, the file changes only when the words do.
        write_po(file, catalog, width=0, no_location=True, sort_output=True, ignore_obsolete=True)


def _faults(catalog: Catalog, template: Catalog) -> Iterator[str]:
    """What keeps a catalogue from saying every word of the code as it should be said."""
    known = {(message.id, message.context) for message in catalog if message.id}
    wanted = {(message.id, message.context) for message in template if message.id}
    yield from (f"not in the catalogue: {words!r}" for words, _ in sorted(wanted - known, key=str))
    yield from (f"no longer used: {words!r}" for words, _ in sorted(known - wanted, key=str))
    for message in catalog:
        if message.id:
            yield from _message_faults(message, catalog)


def _message_faults(message: Message, catalog: Catalog) -> Iterator[str]:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy:
        yield f"not sure: {message.id!r}"
    elif not all(strings):
        if str(catalog.locale) != "en" or any(strings):
            yield f"not translated: {message.id!r}"
    else:
        yield from (f"{error}: {message.id!r}" for error in message.check(catalog))


def main(command: str) -> int:
    """Update or check every catalogue of both domains; the answer is the exit code."""
    faults = []
    for domain, template in (("messages", _messages()), ("frontend", _frontend())):
        for locale in LOCALES:
            path = TRANSLATIONS / locale / "LC_MESSAGES" / f"{domain}.po"
            catalog = _read(path, locale)
            if command == "update":
                catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
                _write(path, catalog)
            faults += [f"{path.relative_to(ROOT)}: {fault}" for fault in _faults(catalog, template)]
    print("\n".join(faults) if faults else "Every word is in the catalogues.")
    return 1 if faults else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit("Say words.py update or words.py check.")
    sys.exit(main(sys.argv[1]))
