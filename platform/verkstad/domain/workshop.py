"""The states of a workshop and of its rounds, and what each allows."""

from __future__ import annotations

from enum import StrEnum

from verkstad.domain.errors import N_, Conflict


class State(StrEnum):
    """utkast → öppen → stängd → under kontroll → fastställd → gallrad."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    UNDER_REVIEW = "under_review"
    ADOPTED = "adopted"
    PURGED = "purged"


class ScreenView(StrEnum):
    """What the projector shows."""

    JOIN = "join"
    QUESTION = "question"
    NOTES = "notes"
    THEME = "theme"  # one at a time
    THEMES = "themes"  # a picture of them all
    VOTES = "votes"  # the last voting's result


# Soft and reversible up to the control; adoption and purge have their own ways in and out.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.CLOSED, State.DRAFT}),
    State.CLOSED: frozenset({State.OPEN, State.UNDER_REVIEW}),
    State.UNDER_REVIEW: frozenset({State.CLOSED}),
    State.ADOPTED: frozenset(),
    State.PURGED: frozenset(),
}

TAKES_NOTES = frozenset({State.OPEN, State.CLOSED})


def check_transition(now: State, then: State) -> None:
    """Raises Conflict ``bad_transition`` unless a person may move the workshop from ``now`` to ``then``."""
    if then not in TRANSITIONS[now]:
        raise Conflict("bad_transition", N_("The workshop cannot be moved to that state from where it is now."))


def check_takes_notes(state: State) -> None:
    """Raises Conflict ``closed`` when no more notes are taken: drafts, and from *under kontroll* on."""
    if state is State.DRAFT:
        raise Conflict("not_open", N_("The workshop has not opened yet."))
    if state not in TAKES_NOTES:
        raise Conflict("closed", N_("The workshop is closed. The secretary is compiling what you wrote."))


def check_joinable(state: State) -> None:
    """Raises Conflict ``not_open`` before the doors open and ``closed`` after they shut."""
    if state is State.DRAFT:
        raise Conflict("not_open", N_("The workshop has not opened yet. Keep this page; it opens by itself."))
    if state is not State.OPEN:
        raise Conflict("closed", N_("This workshop has ended and takes no new participants."))
