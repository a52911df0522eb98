"""What the studio is told of the machine: what it proposes, and how far it has come."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from verkstad.services.delta import Json, stamp
from verkstad.storage import Sorting, Suggestion
from verkstad.storage.suggestion import suggestions_of
from verkstad.storage.theme import themes_of


def proposals(session: Session, workshop_id: int, since: int) -> list[Json]:
    """The suggestions since a revision. A snapshot leaves out what is decided."""
    found = suggestions_of(session, workshop_id, since)
    return [_suggestion(each) for each in found if since or each.decided_at is None]


class Told(NamedTuple):
    """What there is to tell, and the revision that it is of."""

    revision: int
    told: Json


def state_of_sorting(session: Session, workshop_id: int) -> Told:
    """How far the machine has come with a workshop."""
    sorting = session.get(Sorting, workshop_id, populate_existing=True)
    if sorting is None:
        return Told(0, {"state": "waiting", "method": None, "at": None})
    begun = sorting.begun or bool(themes_of(session, workshop_id))
    state = "working" if sorting.asked else "idle" if begun else "waiting"
    return Told(sorting.revision, {"state": state, "method": sorting.method, "at": stamp(sorting.at)})


def _suggestion(suggestion: Suggestion) -> Json:
    if suggestion.decided_at is not None:
        return {"id": suggestion.id, "revision": suggestion.revision, "gone": True}
    return {"id": suggestion.id, "kind": suggestion.kind, **suggestion.content, "revision": suggestion.revision}
