"""The part of the vocabulary that speaks with the machine."""

from __future__ import annotations

from verkstad.domain.mutation import Key, Mutation
from verkstad.domain.roles import Right


class SortingAsk(Mutation, frozen=True, tag="sorting.ask"):
    """Suggest a whole sorting anew, to be looked at before anything moves."""

    right = Right.SORT


class SuggestionAccept(Mutation, frozen=True, tag="suggestion.accept"):
    right = Right.SORT
    suggestion: Key


class SuggestionDismiss(Mutation, frozen=True, tag="suggestion.dismiss"):
    """The same is not suggested again."""

    right = Right.SORT
    suggestion: Key
