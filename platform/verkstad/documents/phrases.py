"""The recurring phrases of a summary, in the reader's words."""

from __future__ import annotations

import re
from datetime import date

from babel import Locale
from babel.dates import format_date

from verkstad.domain.note import Source
from verkstad.domain.theme import Side
from verkstad.domain.words import Words
from verkstad.domain.workshop_file import FileGroup

# A name that only says the number again, in either language: "Bord 3", "grupp 3.", "3".
_PLAIN_NAME = re.compile(r"(?:(?:grupp|bord|group|table)\s*(?:nr|no|number|nummer)?\.?\s*)?(\d+)\.?", re.IGNORECASE)

_TERRITORIES = {"sv": "sv-SE", "en": "en-GB"}


def language_tag(language: str) -> str:
    """The tag with its territory, which dates follow and word processors choose their dictionary by."""
    return _TERRITORIES.get(language, language)


class Phrases:
    """Counts, dates and names, in one language."""

    def __init__(self, words: Words, language: str) -> None:
        self.words = words
        self.language = language

    def date(self, day: date) -> str:
        """The date written out: 6 mars 2023."""
        return format_date(day, "long", locale=Locale.parse(language_tag(self.language), sep="-"))

    def group(self, group: FileGroup) -> str:
        """``Grupp 3``, and the name after it only when the name says more than that."""
        name = self.distinct_name(group)
        if name:
            return self.words.gettext("Group %(number)d: %(name)s") % {"number": group.number, "name": name}
        return self.words.gettext("Group %(number)d") % {"number": group.number}

    def distinct_name(self, group: FileGroup) -> str:
        """The group's name, or nothing when it only repeats the number."""
        name = " ".join(group.name.split())
        plain = _PLAIN_NAME.fullmatch(name)
        return "" if plain and int(plain[1]) == group.number else name

    def notes(self, n: int) -> str:
        return self.words.ngettext("%(num)d note", "%(num)d notes", n) % {"num": n}

    def groups(self, n: int) -> str:
        return self.words.ngettext("%(num)d group", "%(num)d groups", n) % {"num": n}

    def questions(self, n: int) -> str:
        return self.words.ngettext("%(num)d question", "%(num)d questions", n) % {"num": n}

    def participants(self, n: int) -> str:
        return self.words.ngettext("%(num)d participant", "%(num)d participants", n) % {"num": n}

    def reach(self, notes: int, groups: int) -> str:
        """``7 lappar från 4 grupper``."""
        return self.words.gettext("%(notes)s from %(groups)s") % {
            "notes": self.notes(notes),
            "groups": self.groups(groups),
        }

    def side(self, side: Side) -> str:
        """What a side of a tension is called."""
        gettext = self.words.gettext
        match side:
            case Side.FOR:
                return gettext("For")
            case Side.AGAINST:
                return gettext("Against")
            case Side.CONDITION:
                return gettext("On a condition")

    def source(self, source: Source) -> str:
        """How a note came in, as a cell of a table."""
        gettext = self.words.gettext
        match source:
            case Source.PHONE:
                return gettext("Phone")
            case Source.SCRIBE:
                return gettext("The table's scribe")
            case Source.PAPER:
                return gettext("Paper")
            case Source.IMPORT:
                return gettext("Earlier file")

    def from_source(self, source: Source, n: int) -> str:
        """How many notes came in which way."""
        ngettext = self.words.ngettext
        match source:
            case Source.PHONE:
                return ngettext("%(num)d from a phone", "%(num)d from phones", n) % {"num": n}
            case Source.SCRIBE:
                return ngettext("%(num)d by a table's scribe", "%(num)d by the tables' scribes", n) % {"num": n}
            case Source.PAPER:
                return ngettext("%(num)d on paper", "%(num)d on paper", n) % {"num": n}
            case Source.IMPORT:
                return ngettext("%(num)d from an earlier file", "%(num)d from an earlier file", n) % {"num": n}
