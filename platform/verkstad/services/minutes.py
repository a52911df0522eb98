"""Writing the minutes of a workshop: one person's saving never undoes another's unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, Conflict
from verkstad.domain.minutes import Minutes
from verkstad.domain.workshop import State
from verkstad.services.delta import touched
from verkstad.services.ports import Broadcaster
from verkstad.storage import MinutesRow, begin_write
from verkstad.storage.base import now
from verkstad.storage.workshop import lock_workshop

_SETTLED = {State.ADOPTED, State.PURGED}


@dataclass(frozen=True, slots=True)
class Written:
    """The minutes as they were last saved; ``revision`` 0 when nobody has written any."""

    minutes: Minutes
    revision: int = 0
    by: str = ""
    at: datetime | None = None


def minutes_of(session: Session, workshop_id: int) -> Written:
    row = session.get(MinutesRow, workshop_id)
    if row is None:
        return Written(Minutes())
    return Written(msgspec.convert(row.content, Minutes), row.revision, row.saved_by, row.saved_at)


def save_minutes(
    session: Session, workshop_id: int, minutes: Minutes, *, seen: int, by: str, broadcaster: Broadcaster
) -> None:
    """Save what was made of the minutes at the revision ``seen``; what is saved already is not saved again.

    Raises:
        Conflict: ``settled`` when the workshop is adopted, ``minutes_changed`` when they were saved since.
    """
    begin_write(session)
    workshop = lock_workshop(session, workshop_id)
    if workshop is None or workshop.state in _SETTLED:
        raise Conflict("settled", N_("The workshop is adopted. Its minutes can no longer be changed."))
    row = session.get(MinutesRow, workshop_id, populate_existing=True)
    if row is not None and msgspec.convert(row.content, Minutes) == minutes:
        session.rollback()
        return
    if seen != (row.revision if row else 0):
        raise Conflict("minutes_changed", N_("Somebody else has saved the minutes since you opened them."))
    if row is None:
        row = MinutesRow(workshop_id=workshop_id, revision=0)
        session.add(row)
    row.content, row.revision = msgspec.to_builtins(minutes), row.revision + 1
    row.saved_by, row.saved_at = by, now()
    workshop.revision += 1
    workshop.meta_revision = workshop.revision
    session.commit()
    broadcaster.publish(touched(workshop.id, workshop.revision))
