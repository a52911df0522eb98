"""Voting with dots: on what, by whom, and how many one has."""

from __future__ import annotations

from enum import StrEnum

from verkstad.domain.errors import N_, Conflict

MAX_DOTS = 10  # that one person has
MAX_PEOPLE = 99  # that one table counts
MAX_CHOICES = 100


class VoteOn(StrEnum):
    """What the dots are laid on."""

    THEMES = "themes"
    NOTES = "notes"


class VoteEach(StrEnum):
    """Whose the dots are: everybody's own, or a table's, laid by its scribe for all who sit there."""

    PERSON = "person"
    TABLE = "table"


def check_dots(laid: int, have: int) -> None:
    """Raises Conflict ``too_many_dots`` when more are laid than one has."""
    if laid > have:
        raise Conflict("too_many_dots", N_("There are not that many dots left. Take one back from somewhere else."))


def check_people(laid: int, have: int) -> None:
    """Raises Conflict ``too_many_dots`` when so many people have fewer dots than are laid."""
    if laid > have:
        message = N_("You have laid %(laid)s dots, but so many people may only lay %(have)s. Take some back first.")
        raise Conflict("too_many_dots", message, laid=laid, have=have)
