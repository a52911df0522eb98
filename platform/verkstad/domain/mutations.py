"""The vocabulary of `push`: every change a client can ask for, parsed once and strictly.

A mutation's ``id`` is made by the client and is its own for ever; for ``note.add`` it is also the note's.
"""

from __future__ import annotations

from typing import Any

import msgspec

from verkstad.domain.errors import N_, Invalid
from verkstad.domain.finding_mutations import FindingDecide
from verkstad.domain.line_mutations import LineAdd, LineEdit, LineHold, LineMove, LineRelease, LineRemove
from verkstad.domain.mutation import Key, Mutation, TableNumber
from verkstad.domain.note import check_id
from verkstad.domain.roles import Right
from verkstad.domain.suggestion_mutations import SortingAsk, SuggestionAccept, SuggestionDismiss
from verkstad.domain.theme_mutations import (
    ActionUndo,
    NoteAsk,
    NoteSecond,
    NoteSide,
    ThemeAdd,
    ThemeApprove,
    ThemeConfirm,
    ThemeMerge,
    ThemeMove,
    ThemeOrder,
    ThemePlace,
    ThemeRemove,
    ThemeRename,
)
from verkstad.domain.vote_mutations import VoteCast, VoteClose, VoteOpen, VotePeople
from verkstad.domain.workshop import ScreenView, State


class NoteAdd(Mutation, frozen=True, tag="note.add"):
    """A new note. ``group`` is for the desk, which types in paper; a phone's is its own."""

    right = Right.WRITE
    text: str
    question: Key | None = None
    group: TableNumber | None = None


class NoteEdit(Mutation, frozen=True, tag="note.edit"):
    right = Right.WRITE
    note: Key
    text: str


class NoteWithdraw(Mutation, frozen=True, tag="note.withdraw"):
    right = Right.WRITE
    note: Key


class NoteHide(Mutation, frozen=True, tag="note.hide"):
    right = Right.MODERATE
    note: Key
    reason: str


class NoteUnhide(Mutation, frozen=True, tag="note.unhide"):
    right = Right.MODERATE
    note: Key


class GroupDone(Mutation, frozen=True, tag="group.done"):
    """ "Vi är klara", or not after all."""

    right = Right.SIT
    done: bool


class ScribeTake(Mutation, frozen=True, tag="scribe.take"):
    """This phone becomes the table's scribe; ``take_over`` when another one is."""

    right = Right.SIT
    take_over: bool = False


class ScribeLeave(Mutation, frozen=True, tag="scribe.leave"):
    right = Right.SIT


class GroupAdd(Mutation, frozen=True, tag="group.add"):
    """One more table, numbered after the last."""

    right = Right.RUN
    name: str = ""


class GroupRename(Mutation, frozen=True, tag="group.rename"):
    right = Right.RUN
    group: TableNumber
    name: str


class RoundOpen(Mutation, frozen=True, tag="round.open"):
    """Open a question (softly closing the one that was open), with a timer when ``minutes`` is given."""

    right = Right.RUN
    question: Key
    minutes: int | None = None


class RoundClose(Mutation, frozen=True, tag="round.close"):
    right = Right.RUN
    question: Key


class RoundTimer(Mutation, frozen=True, tag="round.timer"):
    """Add minutes to the time left (from now when none is left); None removes the timer."""

    right = Right.RUN
    question: Key
    minutes: int | None


class RoundShare(Mutation, frozen=True, tag="round.share"):
    """Let every phone and the screen see all groups' notes of a question, or not any more."""

    right = Right.RUN
    question: Key
    shared: bool


class WorkshopState(Mutation, frozen=True, tag="workshop.state"):
    right = Right.RUN
    state: State


class ScreenShow(Mutation, frozen=True, tag="screen.show"):
    """``theme`` says which one, for the view of one theme; without it, the first."""

    right = Right.RUN
    view: ScreenView
    theme: Key | None = None


class MessageSend(Mutation, frozen=True, tag="message.send"):
    """A line shown on every phone until replaced; an empty text takes it away."""

    right = Right.RUN
    text: str


AnyMutation = (
    NoteAdd
    | NoteEdit
    | NoteWithdraw
    | NoteHide
    | NoteUnhide
    | GroupDone
    | ScribeTake
    | ScribeLeave
    | GroupAdd
    | GroupRename
    | RoundOpen
    | RoundClose
    | RoundTimer
    | RoundShare
    | WorkshopState
    | ScreenShow
    | MessageSend
    | ThemeMove
    | ThemePlace
    | ThemeAdd
    | ThemeRename
    | ThemeConfirm
    | ThemeApprove
    | ThemeMerge
    | ThemeRemove
    | ThemeOrder
    | NoteSide
    | NoteAsk
    | NoteSecond
    | ActionUndo
    | SortingAsk
    | SuggestionAccept
    | SuggestionDismiss
    | LineAdd
    | LineEdit
    | LineMove
    | LineRemove
    | LineHold
    | LineRelease
    | FindingDecide
    | VoteOpen
    | VoteClose
    | VoteCast
    | VotePeople
)


class _Parsed(msgspec.Struct):
    """What the library understands of a union it remembers for a field only; else it works it out at every call."""

    mutation: AnyMutation


MAX_BATCH = 50


def parse_batch(payload: Any) -> list[tuple[str, AnyMutation | Invalid]]:
    """The mutations of a push in order, each with its id; one that cannot be read becomes its own refusal.

    Raises:
        Invalid: ``malformed`` when the payload is not ``{"mutations": [...]}`` with readable ids,
            ``batch_too_large`` over 50.
    """
    items = payload.get("mutations") if isinstance(payload, dict) else None
    if not isinstance(items, list):
        raise Invalid("malformed", N_("The message could not be read."))
    if len(items) > MAX_BATCH:
        raise Invalid("batch_too_large", N_("At most %(limit)s changes at a time."), limit=MAX_BATCH)
    return [_parse_one(item) for item in items]


def _parse_one(item: Any) -> tuple[str, AnyMutation | Invalid]:
    raw_id = item.get("id") if isinstance(item, dict) else None
    if not isinstance(raw_id, str):
        raise Invalid("malformed", N_("The message could not be read."))
    mutation_id = check_id(raw_id)
    try:
        return mutation_id, msgspec.convert({"mutation": item}, type=_Parsed).mutation
    except (msgspec.ValidationError, UnicodeError):  # the latter at lone surrogates
        known = [member.__struct_config__.tag for member in AnyMutation.__args__]
        if item.get("kind") not in known:
            return mutation_id, Invalid("unknown_kind", N_("This version does not know that kind of change."))
        return mutation_id, Invalid("malformed", N_("The message could not be read."))
