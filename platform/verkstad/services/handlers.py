"""Every module whose functions handle a kind of mutation: to import this is to know them all."""

from verkstad.services import groups, lines, notes, rounds, suggestions, themes, undo, votes

__all__ = ["groups", "lines", "notes", "rounds", "suggestions", "themes", "undo", "votes"]
