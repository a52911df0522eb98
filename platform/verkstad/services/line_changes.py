"""What the studio is told of the summary's lines in `changes`."""

from __future__ import annotations

from sqlalchemy.orm import Session

from verkstad.services.delta import Json, stamp
from verkstad.storage import SummaryLine
from verkstad.storage.base import now
from verkstad.storage.line import lines_of


def lines_since(session: Session, workshop_id: int, since: int) -> list[Json]:
    """The lines since a revision. A snapshot leaves out what is gone."""
    return [_line(line) for line in lines_of(session, workshop_id, since=since, removed=since > 0)]


def _line(line: SummaryLine) -> Json:
    if line.removed:
        return {"id": line.id, "revision": line.revision, "gone": True}
    held = line.held_until is not None and line.held_until > now()
    return {
        "id": line.id,
        "section": line.section,
        "order": line.place,
        "text": line.text,
        "notes": line.note_ids,
        "theme": line.theme_id,
        "by": line.written_by,
        "at": stamp(line.written_at),
        "held": {"by": line.held_by, "actor": line.holder, "until": stamp(line.held_until)} if held else None,
        "revision": line.revision,
    }
