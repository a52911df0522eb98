"""Votings as each room is told of them: the choices while one is open, the result when it has closed."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from verkstad.domain.roles import Room, RoomKind
from verkstad.domain.vote import VoteEach
from verkstad.services.delta import stamp
from verkstad.storage import Ballot, Voting
from verkstad.storage.vote import turnout, votings_of

Json = dict[str, Any]


def votings_since(session: Session, room: Room, since: int) -> list[Json]:
    """What the room may know of each voting that was touched after a revision."""
    told = [_seen(session, voting, room) for voting in votings_of(session, room.workshop)]
    return [voting for voting in told if voting["revision"] > since]


def _seen(session: Session, voting: Voting, room: Room) -> Json:
    seen = _voting(voting)
    if room.kind is RoomKind.STUDIO:
        return seen | {"voters": turnout(session, voting), "revision": max(voting.revision, voting.cast_revision)}
    if room.kind is RoomKind.GROUP and voting.is_open and voting.each is VoteEach.TABLE:
        ballot = session.get(Ballot, (room.workshop, voting.id, str(room.group)), populate_existing=True)
        if ballot is not None:
            ours = {"people": ballot.people, "dots": ballot.dots}
            return seen | {"ours": ours, "revision": max(voting.revision, ballot.revision)}
    return seen


def _voting(voting: Voting) -> Json:
    return {
        "id": voting.id,
        "on": voting.on,
        "each": voting.each,
        "dots": voting.dots,
        "question": voting.question_id,
        "open": voting.is_open,
        "opened_at": stamp(voting.opened_at),
        "closed_at": stamp(voting.closed_at),
        "choices": [{"id": target, "text": text} for target, text in voting.choices],
        "result": None
        if voting.is_open
        else [{"id": target, "text": text, "dots": dots} for target, text, dots in voting.result],
        "lost": voting.lost,
        "voters": voting.voters,
        "revision": voting.revision,
    }
