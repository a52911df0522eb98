"""`changes`: everything a room may see that was touched after a revision. A fixed number of queries, whatever the size.

Returns plain JSON-ready data in the shape of docs/wire.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, NotFound
from verkstad.domain.roles import Actor, Room, RoomKind
from verkstad.services.delta import Json, stamp
from verkstad.services.line_changes import lines_since
from verkstad.services.showing import shown_themes
from verkstad.services.suggestion_changes import state_of_sorting
from verkstad.services.theme_changes import sorted_as, sorting
from verkstad.services.voting_view import votings_since
from verkstad.storage import Group, Note, Participant, Question, Round, Workshop
from verkstad.storage.account import name_of
from verkstad.storage.base import begin_read, now
from verkstad.storage.latest import untouched_at
from verkstad.storage.note import NewNote, Sight, notes_since
from verkstad.storage.workshop import groups_of, questions_of, rounds_of


def changes(session: Session, room: Room, since: int) -> Json:
    """What ``room`` may see with ``since < revision``; ``since`` 0, or ahead of the server, gives a whole snapshot.

    Raises:
        NotFound: the workshop is gone.
    """
    # Of one moment: a note written just after the sharing ended must not be judged by a round read just before.
    begin_read(session)
    if room.group is not None:
        revision = untouched_at(session.connection(), room.workshop, room.group, since)
        if revision is not None:
            return _nothing(since, revision)
    workshop = session.get(Workshop, room.workshop, populate_existing=True)
    if workshop is None:
        raise NotFound("unknown_workshop", N_("There is no such workshop."))
    if since > workshop.revision:  # the database was restored to an earlier moment
        since = 0
    payload = _nothing(since, workshop.revision)
    if since == workshop.revision:
        return payload
    rounds = rounds_of(session, room.workshop)
    tables_since = since
    machine = state_of_sorting(session, workshop.id) if room.kind is RoomKind.STUDIO else None
    if max(workshop.meta_revision, machine.revision if machine else 0) > since:
        payload["workshop"] = _workshop(workshop)
        if machine:
            desk = {"theme_order": workshop.theme_order, "screen_theme": workshop.screen_theme}
            payload["workshop"] |= desk | {"sorting": machine.told}
        # With it all questions and tables: a draft's come and go with its row, and boards may be open already.
        tables_since = 0
        payload["questions"] = [_question(q) for q in questions_of(session, room.workshop)]
    payload["rounds"] = [_round(r) for r in rounds.values() if r.revision > since]
    payload["groups"] = _groups(session, room, tables_since)
    notes = notes_since(session, room.workshop, since, _within_sight(room, rounds))
    payload["notes"] = [seen for n in notes if (seen := _note(n, room, rounds, since)) is not None]
    payload["votings"] = votings_since(session, room, since)
    if room.kind is RoomKind.SCREEN:
        payload |= shown_themes(session, workshop)
    if room.kind is RoomKind.STUDIO:
        payload |= sorting(session, room.workshop, since) | {"lines": lines_since(session, room.workshop, since)}
    return payload


def _nothing(since: int, revision: int) -> Json:
    return {
        "from": since,
        "revision": revision,
        "now": stamp(now()),
        "rounds": [],
        "groups": [],
        "notes": [],
        "themes": [],
    }


def you(session: Session, actor: Actor) -> Json:
    """What a phone, or somebody in the studio, is told of themselves in answer to their own question."""
    if actor.participant:
        return {"you": {"participant": actor.participant, "group": actor.group}}
    if actor.room.kind is RoomKind.STUDIO:
        return {"you": {"name": name_of(session, actor), "actor": actor.name, "role": actor.role}}
    return {}


def _workshop(workshop: Workshop) -> Json:
    return {
        "code": workshop.code,
        "title": workshop.title,
        "held_on": workshop.held_on.isoformat() if workshop.held_on else None,
        "place": workshop.place,
        "language": workshop.language,
        "state": workshop.state,
        "screen": workshop.screen_view,
        "message": workshop.message,
        "message_at": stamp(workshop.message_at),
    }


def _question(question: Question) -> Json:
    return {k: getattr(question, k) for k in ("id", "prompt", "help", "easy", "kind")}


def _round(round_: Round) -> Json:
    return {
        "question": round_.question_id,
        "state": round_.state,
        "shared": round_.shared_at is not None,
        "opened_at": stamp(round_.opened_at),
        "closed_at": stamp(round_.closed_at),
        "ends_at": stamp(round_.ends_at),
        "revision": round_.revision,
    }


def _groups(session: Session, room: Room, since: int) -> list[Json]:
    """A phone gets its own table; a board gets every touched table with its counts."""
    if room.kind is RoomKind.GROUP:
        own = session.get(Group, (room.workshop, room.group), populate_existing=True)
        return [_group(own)] if own is not None and own.revision > since else []
    touched = [g for g in groups_of(session, room.workshop) if g.revision > since]
    return counted_groups(session, room.workshop, touched)


def counted_groups(session: Session, workshop_id: int, groups: Iterable[Group]) -> list[Json]:
    """Tables as the boards see them."""
    groups = list(groups)
    numbers = [g.number for g in groups]
    notes = _note_counts(session, workshop_id, numbers)
    people = _people_counts(session, workshop_id, numbers)
    return [_group(g) | notes.get(g.number, _NO_NOTES) | people.get(g.number, _NO_PEOPLE) for g in groups]


def as_a_phone_sees(group: Json) -> Json:
    """A table without its counts."""
    return {key: group[key] for key in ("number", "name", "done", "scribe", "revision")}


_NO_NOTES: Json = {"notes": 0, "late": 0, "last_note_at": None, "by_question": {}}
_NO_PEOPLE: Json = {"joined": 0, "joined_late": 0}


def _group(group: Group) -> Json:
    return {
        "number": group.number,
        "name": group.name,
        "done": group.done_at is not None,
        "scribe": group.scribe_id,
        "revision": group.revision,
    }


def _note_counts(session: Session, workshop_id: int, groups: Iterable[int]) -> dict[int, Json]:
    query = (
        select(
            Note.group_number,
            Note.question_id,
            func.count(),
            func.count().filter(Note.late),
            func.max(Note.created_at, type_=Note.created_at.type),
        )
        .where(Note.workshop_id == workshop_id, Note.group_number.in_(groups))
        .where(Note.withdrawn_at.is_(None), Note.hidden_at.is_(None))
        .group_by(Note.group_number, Note.question_id)
    )
    counts: dict[int, Json] = {}
    for group, question, notes, late, last in session.execute(query):
        of_group = counts.setdefault(group, {**_NO_NOTES, "by_question": {}})
        of_group["notes"] += notes
        of_group["late"] += late
        of_group["last_note_at"] = max(filter(None, (of_group["last_note_at"], stamp(last))), default=None)
        if question is not None:
            of_group["by_question"][question] = notes
    return counts


def _people_counts(session: Session, workshop_id: int, groups: Iterable[int]) -> dict[int, Json]:
    query = (
        select(Participant.group_number, func.count(), func.count().filter(Participant.late))
        .where(Participant.workshop_id == workshop_id, Participant.group_number.in_(groups))
        .group_by(Participant.group_number)
    )
    return {group: {"joined": joined, "joined_late": late} for group, joined, late in session.execute(query)}


def _within_sight(room: Room, rounds: dict[str, Round]) -> Sight | None:
    """Where the notes are that the room sees or has seen, so that a full hall's are not read for one table."""
    if room.kind is RoomKind.STUDIO:
        return None
    shown = [q for q, r in rounds.items() if r.shared_at is not None or r.unshared_revision is not None]
    return Sight(room.group, shown)


def _note(note: Note, room: Room, rounds: dict[str, Round], since: int) -> Json | None:
    """The note as the room sees it; as *gone* when the room may have seen it; None when it never could."""
    if room.kind is RoomKind.STUDIO:
        if note.withdrawn_at is not None:
            # Also in a snapshot: it keeps its number among its group's notes, and its place in the ledger.
            return _gone(note, "withdrawn") | {"order": note.created_revision}
        return shown(note) | _desk(note)
    own = room.kind is RoomKind.GROUP and note.group_number == room.group
    round_ = rounds.get(note.question_id) if note.question_id else None
    if not own and (round_ is None or round_.shared_at is None):
        unshared = round_.unshared_revision if round_ else None
        # Only what was shared once may be taken back: of all else another group must not even learn that it exists.
        seen = unshared is not None and note.created_revision <= unshared and since < unshared
        return _gone(note, "unshared") if since and seen else None
    if note.visible:
        return shown(note)
    if not since and not (own and note.hidden_at):
        return None
    gone = _gone(note, "withdrawn" if note.withdrawn_at else "hidden")
    return gone | {"why": note.hidden_reason} if own and note.hidden_at and not note.withdrawn_at else gone


def shown(note: Note | NewNote) -> Json:
    """A note with its text, as every room that may see it does."""
    return {
        "id": note.id,
        "group": note.group_number,
        "question": note.question_id,
        "text": note.text,
        "source": note.source,
        "late": note.late,
        "created_at": stamp(note.created_at),
        "edited_at": stamp(note.edited_at),
        "order": note.created_revision,
        "revision": note.revision,
    }


def arrivals(connection: Connection, workshop_id: int, since: int) -> list[Json]:
    """The notes after a revision since which nothing else has come, as `shown` says what a table's counts need."""
    query = (
        select(Note.group_number, Note.question_id, Note.late, Note.created_at, Note.revision)
        .where(Note.workshop_id == workshop_id, Note.revision > since)
        .order_by(Note.revision)
    )
    return [
        {"group": group, "question": question, "late": late, "created_at": stamp(at), "revision": revision}
        for group, question, late, at, revision in connection.execute(query)
    ]


def _desk(note: Note) -> Json:
    extra = sorted_as(note)
    if note.entered_by is not None:
        extra["entered_by"] = note.entered_by
    if note.hidden_at is not None:
        extra["hidden"] = {"reason": note.hidden_reason, "by": note.hidden_by, "at": stamp(note.hidden_at)}
    return extra


def _gone(note: Note, reason: str) -> Json:
    return {
        "id": note.id,
        "group": note.group_number,
        "question": note.question_id,
        "revision": note.revision,
        "text": None,
        "gone": True,
        "reason": reason,
    }
