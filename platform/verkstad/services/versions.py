"""What a line of the summary has said, and whose words they were: read from the log."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, NotFound
from verkstad.services.delta import Json, stamp
from verkstad.storage import Action, SummaryLine
from verkstad.storage.action import line_acts
from verkstad.storage.base import begin_read


def versions(session: Session, workshop_id: int, line_id: str) -> list[Json]:
    """Each wording with its sources, the oldest first; also of a line that has been removed.

    Raises:
        NotFound: ``unknown_line``.
    """
    begin_read(session)
    line = session.get(SummaryLine, (workshop_id, line_id))
    if line is None:
        raise NotFound("unknown_line", N_("There is no such line."))
    return wordings(line_acts(session, workshop_id), line)


def wordings(acts: Iterable[Action], line: SummaryLine) -> list[Json]:
    """The same of a line, out of these acts."""
    told: list[Json] = []
    for act in acts:
        change = act.change("line", line.id, "words")
        if change is None:
            continue
        came_with_a_file = not told and not change.before[-1]
        if came_with_a_file:
            told.append({"text": change.before[0], "notes": change.before[1], "by": None, "at": None})
        version: Json = {"text": change.after[0], "notes": change.after[1], "by": act.by, "at": stamp(act.at)}
        if not told or any(told[-1][what] != version[what] for what in ("text", "notes")):
            told.append(version)
    return told or [{"text": line.text, "notes": line.note_ids, "by": None, "at": None}]
