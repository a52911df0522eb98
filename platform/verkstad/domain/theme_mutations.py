"""The part of the vocabulary that sorts notes into themes."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from verkstad.domain.mutation import Key, Mutation
from verkstad.domain.roles import Right
from verkstad.domain.theme import MAX_TOGETHER, Side

# The notes that one act concerns.
Keys = Annotated[tuple[Key, ...], Meta(max_length=MAX_TOGETHER)]
SomeKeys = Annotated[tuple[Key, ...], Meta(min_length=1, max_length=MAX_TOGETHER)]


class ThemeMove(Mutation, frozen=True, tag="theme.move"):
    """Place a note in a theme, or nowhere (None)."""

    right = Right.SORT
    note: Key
    theme: Key | None


class ThemePlace(Mutation, frozen=True, tag="theme.place"):
    """The same for several notes at once."""

    right = Right.SORT
    notes: SomeKeys
    theme: Key | None


class ThemeAdd(Mutation, frozen=True, tag="theme.add"):
    """A new theme with the mutation's id, and what is in it from the start: with another theme's notes a split."""

    right = Right.SORT
    label: str
    notes: Keys = ()
    question: Key | None = None


class ThemeRename(Mutation, frozen=True, tag="theme.rename"):
    right = Right.SORT
    theme: Key
    label: str


class ThemeConfirm(Mutation, frozen=True, tag="theme.confirm"):
    """The suggested name is the right one; ``label`` is the one that was seen."""

    right = Right.SORT
    theme: Key
    label: str


class ThemeApprove(Mutation, frozen=True, tag="theme.approve"):
    """These themes are called what they should, and these notes lie where they should; nowhere is a place too.

    Each with what was seen: the label of a theme, the theme of a note.
    """

    right = Right.SORT
    themes: Annotated[dict[Key, str], Meta(max_length=MAX_TOGETHER)] = field(default_factory=dict)
    notes: Annotated[dict[Key, Key | None], Meta(max_length=MAX_TOGETHER)] = field(default_factory=dict)


class ThemeMerge(Mutation, frozen=True, tag="theme.merge"):
    """Everything in ``theme`` goes to ``into``, and ``theme`` is removed."""

    right = Right.SORT
    theme: Key
    into: Key


class ThemeRemove(Mutation, frozen=True, tag="theme.remove"):
    """Its notes are placed nowhere."""

    right = Right.SORT
    theme: Key


class ThemeOrder(Mutation, frozen=True, tag="theme.order"):
    """An order of one's own for these themes; with none, back to that of the groups."""

    right = Right.SORT
    themes: tuple[Key, ...]


class NoteSide(Mutation, frozen=True, tag="note.side"):
    right = Right.SORT
    notes: SomeKeys
    side: Side | None


class NoteAsk(Mutation, frozen=True, tag="note.ask"):
    """A question that needs an answer, or none."""

    right = Right.SORT
    notes: SomeKeys
    asks: bool


class NoteSecond(Mutation, frozen=True, tag="note.second"):
    """A theme that the note also speaks of, beside the one it is in."""

    right = Right.SORT
    note: Key
    theme: Key | None


class ActionUndo(Mutation, frozen=True, tag="action.undo"):
    """Take an act back, whoever did it; an undo too."""

    right = Right.SORT
    action: Key
