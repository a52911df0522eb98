"""Who may do what: the one place. Every route and every live event names a right; this page says who has it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from verkstad.domain.errors import N_, Forbidden, Unauthorized


class Role(StrEnum):
    """What a caller is, towards one workshop or the installation."""

    VISITOR = "visitor"  # anyone at all
    PARTICIPANT = "participant"  # a phone at a table; the scribe is one of them
    SCREEN = "screen"  # a projector with a token
    STUDIO = "studio"  # a script with a token
    THEME_TEAM = "theme_team"
    SECRETARY = "secretary"
    FACILITATOR = "facilitator"
    ACCOUNT = "account"  # signed in, no workshop concerned
    ADMIN = "admin"


class Right(StrEnum):
    """What a door lets through."""

    VISIT = "visit"  # public pages
    FIND_WORKSHOP = "find_workshop"  # look a code up; budgeted
    SIGNED_IN = "signed_in"  # library, list of own workshops, own password
    MANAGE_ACCOUNTS = "manage_accounts"
    FOLLOW = "follow"  # receive changes of one's own room
    WRITE = "write"  # notes: one's own; at the desk, those from paper
    SIT = "sit"  # what only a table's phone does: "done", the scribe's place
    VOTE = "vote"  # lay one's dots
    RUN = "run"  # rounds, timer, messages, screen, states, groups
    MODERATE = "moderate"  # hide and unhide
    ENTER_PAPER = "enter_paper"  # type in a table's paper notes
    SORT = "sort"  # themes
    SUMMARISE = "summarise"  # the lines of the summary
    ADOPT = "adopt"  # make the summary stand, and open it again
    READ_ALL = "read_all"  # the studio
    EXPORT = "export"
    SHARE = "share"  # invite colleagues, hand out tokens


_DESK = {Role.FACILITATOR, Role.SECRETARY, Role.STUDIO}

ALLOWED: dict[Right, frozenset[Role]] = {
    Right.VISIT: frozenset(Role),
    Right.FIND_WORKSHOP: frozenset(Role),
    Right.SIGNED_IN: frozenset({Role.ACCOUNT, Role.ADMIN}),
    Right.MANAGE_ACCOUNTS: frozenset({Role.ADMIN}),
    Right.FOLLOW: frozenset({Role.PARTICIPANT, Role.SCREEN, Role.THEME_TEAM, *_DESK}),
    Right.WRITE: frozenset({Role.PARTICIPANT, *_DESK}),
    Right.SIT: frozenset({Role.PARTICIPANT}),
    Right.VOTE: frozenset({Role.PARTICIPANT}),
    Right.RUN: frozenset({Role.FACILITATOR, Role.STUDIO}),
    Right.MODERATE: frozenset(_DESK),
    Right.ENTER_PAPER: frozenset(_DESK),
    Right.SORT: frozenset({Role.THEME_TEAM, *_DESK}),
    Right.SUMMARISE: frozenset(_DESK),
    Right.ADOPT: frozenset({Role.FACILITATOR, Role.SECRETARY}),
    Right.READ_ALL: frozenset({Role.THEME_TEAM, *_DESK}),
    Right.EXPORT: frozenset(_DESK),
    Right.SHARE: frozenset({Role.FACILITATOR}),
}


class RoomKind(StrEnum):
    """Which of a workshop's rooms."""

    GROUP = "group"
    SCREEN = "screen"
    STUDIO = "studio"


class Room(NamedTuple):
    """Everyone who may see the same things of a workshop; ``group`` only for a table's room."""

    workshop: int
    kind: RoomKind
    group: int | None = None

    def __str__(self) -> str:
        return f"w{self.workshop}:{self.kind}" + (f":{self.group}" if self.group is not None else "")


@dataclass(frozen=True, slots=True)
class Actor:
    """The caller of one use case, as identified by a door.

    ``workshop`` is the database key of the workshop the role is held in; None for visitors and accounts.
    """

    role: Role
    workshop: int | None = None
    account: int | None = None
    participant: str | None = None
    group: int | None = None
    token: str | None = None  # the hash of one that was made for one person

    def may(self, right: Right) -> bool:
        return self.role in ALLOWED[right]

    def check(self, right: Right) -> None:
        """Raises Unauthorized for a visitor, Forbidden for anyone else without the right."""
        if self.may(right):
            return
        if self.role is Role.VISITOR:
            raise Unauthorized("unauthorized", N_("Sign in or join again."))
        raise Forbidden("forbidden", N_("You may not do this here."))

    @property
    def name(self) -> str:
        """Who it is, where that has to be kept: a participant, an account, a token's holder, or a kind of token."""
        if self.participant:
            return self.participant
        if self.account:
            return f"account:{self.account}"
        return f"token:{self.token[:16]}" if self.token else f"token:{self.role}"

    @property
    def room(self) -> Room:
        """The room whose changes this actor follows."""
        assert self.workshop is not None
        if self.role is Role.PARTICIPANT:
            return Room(self.workshop, RoomKind.GROUP, self.group)
        return Room(self.workshop, RoomKind.SCREEN if self.role is Role.SCREEN else RoomKind.STUDIO)

    @property
    def caller(self) -> str:
        """Whose pace this actor goes by; tokens of one kind share a workshop's, but for those made for one person."""
        return self.name if self.participant or self.account or self.token else f"{self.name}:{self.workshop}"


VISITOR = Actor(Role.VISITOR)
