"""The part of `push` that votes."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from verkstad.domain.mutation import Key, Mutation
from verkstad.domain.roles import Right
from verkstad.domain.vote import MAX_DOTS, MAX_PEOPLE, VoteEach, VoteOn


class VoteOpen(Mutation, frozen=True, tag="vote.open"):
    """A new voting with the mutation's id, on the themes or on a shared question's notes as they are now."""

    right = Right.RUN
    on: VoteOn
    each: VoteEach
    dots: Annotated[int, Meta(ge=1, le=MAX_DOTS)]
    question: Key | None = None


class VoteClose(Mutation, frozen=True, tag="vote.close"):
    right = Right.RUN
    voting: Key


class VoteCast(Mutation, frozen=True, tag="vote.cast"):
    """So many of one's dots lie on ``target`` from now on."""

    right = Right.VOTE
    voting: Key
    target: Key
    dots: Annotated[int, Meta(ge=0, le=MAX_DOTS * MAX_PEOPLE)]


class VotePeople(Mutation, frozen=True, tag="vote.people"):
    """So many sit at the table, as its scribe counts."""

    right = Right.VOTE
    voting: Key
    people: Annotated[int, Meta(ge=1, le=MAX_PEOPLE)]
