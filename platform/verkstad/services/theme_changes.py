"""What only the studio sees in `changes`: how the notes are sorted, the themes, and the log of who sorted them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from verkstad.services.delta import Json, stamp
from verkstad.services.suggestion_changes import proposals
from verkstad.storage import Action, Note, Theme
from verkstad.storage.action import latest_actions
from verkstad.storage.theme import themes_of

# How a note is sorted, and what says nearly the same, of one that has just come in.
UNSORTED: Json = {
    "theme": None,
    "place": None,
    "by_person": False,
    "sure": True,
    "second": None,
    "side": None,
    "asks": None,
    "near": [],
}


def sorted_as(note: Note) -> Json:
    """The fields of a note that say how it is sorted, with the revision that counts them."""
    return {
        "theme": note.theme_id,
        "place": note.theme_position,
        "by_person": note.by_person,
        "sure": note.sure,
        "second": note.second_theme_id,
        "side": note.side,
        "asks": note.asks,
        "near": note.near or [],
        "revision": note.desk_revision,
    }


def sorting(session: Session, workshop_id: int, since: int) -> Json:
    """The themes, the log and the machine's proposals since a revision. A snapshot leaves out what is gone."""
    themes = themes_of(session, workshop_id, removed=since > 0)
    return {
        "themes": [_theme(theme) for theme in themes if theme.revision > since],
        "actions": [_action(action) for action in latest_actions(session, workshop_id, since)],
        "suggestions": proposals(session, workshop_id, since),
    }


def _theme(theme: Theme) -> Json:
    if theme.removed:
        return {"id": theme.id, "revision": theme.revision, "gone": True}
    return {
        "id": theme.id,
        "label": theme.label,
        "named": theme.named,
        "keywords": theme.keywords,
        "quotation": theme.quotation_id,
        "question": theme.question_id,
        "position": theme.position,
        "revision": theme.revision,
    }


def _action(action: Action) -> Json:
    changes = action.read()
    placed = [change.after[0] for change in changes if change.field == "place" and change.after[0] is not None]
    return {
        "id": action.id,
        "by": action.by,
        "actor": action.actor,
        "at": stamp(action.at),
        "kind": action.kind,
        "notes": list(dict.fromkeys(change.key for change in changes if change.table == "note")),
        "themes": list(dict.fromkeys([*(change.key for change in changes if change.table == "theme"), *placed])),
        "lines": list(dict.fromkeys(change.key for change in changes if change.table == "line")),
        "findings": [change.key for change in changes if change.table == "finding"],
        "undoes": action.undoes,
        "undone_by": action.undone_by,
        "skipped": action.skipped,
        "order": action.created_revision,
        "revision": action.revision,
    }
