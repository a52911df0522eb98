"""Words and rules of sorting notes into themes."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum
from itertools import count

from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Conflict, Invalid
from verkstad.domain.note import check_printable
from verkstad.domain.workshop import State

MAX_LABEL = 100
MAX_KEYWORDS = 3
MAX_KEYWORD = 100
MAX_TOGETHER = 200  # notes that one act may concern

SORTABLE = frozenset(State) - {State.ADOPTED, State.PURGED}


class Side(StrEnum):
    """Where a note stands in a tension."""

    FOR = "for"
    AGAINST = "against"
    CONDITION = "condition"


class Asks(StrEnum):
    """Whether a note is a question that needs an answer; ``maybe`` is the machine's proposal."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


class ThemeOrder(StrEnum):
    """Themes by how many groups stand behind each, or in the order that people gave them."""

    GROUPS = "groups"
    OWN = "own"


def check_sortable(state: State) -> None:
    """Raises Conflict ``adopted`` once the summary stands."""
    if state not in SORTABLE:
        raise Conflict("adopted", N_("The summary has been adopted and can no longer be changed."))


def check_label(label: str) -> str:
    """A theme's name in NFC, on one line.

    Raises:
        Invalid: ``empty_label``, ``label_too_long`` or ``control_characters``.
    """
    label = " ".join(nfc(label).split())
    if not label:
        raise Invalid("empty_label", N_("Give the theme a name."))
    if len(label) > MAX_LABEL:
        raise Invalid("label_too_long", N_("A theme's name has at most %(limit)s characters."), limit=MAX_LABEL)
    return check_printable(label)


def same_label(label: str) -> str:
    """What two labels that people take for the same have in common."""
    return nfc(label).casefold()


def free_label(label: str, taken: Set[str]) -> str:
    """The label, or with a number where a theme is called the same; ``taken`` by `same_label`."""
    numbered = (f"{label} ({number})" for number in count(2))
    return label if same_label(label) not in taken else next(n for n in numbered if same_label(n) not in taken)
