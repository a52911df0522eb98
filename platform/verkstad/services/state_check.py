"""One number for all that a room may see whole, so that a client can tell whether it holds just that."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from verkstad.domain.roles import Room, RoomKind
from verkstad.services.voting_view import votings_since
from verkstad.storage import Group, Note, Round, SummaryLine, Theme


def state_of(session: Session, room: Room) -> str:
    """CRC-32, as eight hex digits, over a sorted line for each thing that the room sees, with its revision.

    To be asked in the transaction that `changes` has just read in, and so of the same moment as its answer.
    """
    lines = sorted(f"{kind} {key} {revision}" for kind, key, revision in _held(session, room))
    return format(zlib.crc32("\n".join(lines).encode()), "08x")


def _held(session: Session, room: Room) -> Iterator[tuple[str, object, int]]:
    notes = select(Note.id, Note.revision, Note.sorted_revision).where(Note.workshop_id == room.workshop, *_seen(room))
    for note, revision, sorted_revision in session.execute(notes):
        yield "note", note, max(revision, sorted_revision or 0) if room.kind is RoomKind.STUDIO else revision
    for round_ in session.execute(select(Round.question_id, Round.revision).where(Round.workshop_id == room.workshop)):
        yield "round", *round_
    groups = select(Group.number, Group.revision).where(Group.workshop_id == room.workshop)
    if room.kind is RoomKind.GROUP:
        groups = groups.where(Group.number == room.group)
    for group in session.execute(groups):
        yield "group", *group
    for voting in votings_since(session, room, 0):
        yield "voting", voting["id"], voting["revision"]
    if room.kind is RoomKind.STUDIO:
        themes = select(Theme.id, Theme.revision).where(Theme.workshop_id == room.workshop, Theme.removed_at.is_(None))
        for theme in session.execute(themes):
            yield "theme", *theme
        lines = select(SummaryLine.id, SummaryLine.revision).where(SummaryLine.workshop_id == room.workshop)
        for line in session.execute(lines.where(SummaryLine.removed.is_(False))):
            yield "line", *line


def _seen(room: Room) -> list[ColumnElement[bool]]:
    """Which notes the room sees with their text, by the rules of `services.changes`."""
    if room.kind is RoomKind.STUDIO:
        return [Note.withdrawn_at.is_(None)]
    shared = Note.question_id.in_(
        select(Round.question_id).where(Round.workshop_id == room.workshop, Round.shared_at.is_not(None))
    )
    ours = or_(shared, Note.group_number == room.group) if room.kind is RoomKind.GROUP else shared
    return [Note.withdrawn_at.is_(None), Note.hidden_at.is_(None), ours]
