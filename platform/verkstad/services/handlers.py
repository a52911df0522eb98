"""Every module whose functions handle a kind of mutation: to import this is to know them all."""

from verkstad.services import findings, groups, lines, notes, rounds, suggestions, themes, undo, votes

__all__ = ["findings", "groups", "lines", "notes", "rounds", "suggestions", "themes", "undo", "votes"]
