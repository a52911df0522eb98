"""Whether a table has anything new to be told: one question for the phones that ask on a timer, and find nothing."""

from __future__ import annotations

from sqlalchemy import BindParameter, bindparam, func, select, true
from sqlalchemy.engine import Connection

from verkstad.storage.prepared import Prepared
from verkstad.storage.vote import Voting
from verkstad.storage.workshop import Group, Round, Workshop

_workshop: BindParameter[int] = bindparam("workshop")
_rounds = (
    select(
        func.max(Round.revision).label("revision"),
        (func.count(Round.shared_at) + func.count(Round.unshared_revision)).label("shared"),
    )
    .where(Round.workshop_id == _workshop)
    .subquery()
)
_votings = (
    select(func.max(Voting.revision).label("revision"), func.max(Voting.cast_revision).label("laid"))
    .where(Voting.workshop_id == _workshop)
    .subquery()
)
# A table's own row is stamped with each of its notes.
_LATEST = Prepared(
    select(
        Workshop.revision,
        _rounds.c.shared,
        Workshop.meta_revision,
        Group.revision,
        _rounds.c.revision,
        _votings.c.revision,
        _votings.c.laid,
    )
    .join(Group, Group.workshop_id == Workshop.id)
    .join(_rounds, true())
    .join(_votings, true())
    .where(Workshop.id == _workshop, Group.number == bindparam("group"))
)


def untouched_at(connection: Connection, workshop_id: int, group: int, since: int) -> int | None:
    """The workshop's revision, when nothing that a table sees was touched after ``since``; None when it may have been.

    Where a question is or was shared, the table sees others' notes, and has to look.
    """
    for revision, shared, *touched in _LATEST.fetch(connection, {"workshop": workshop_id, "group": group}):
        if not shared and max(each or 0 for each in touched) <= since <= revision:
            return int(revision)
    return None
