"""Adopting a summary as tests speak of it: without a page, and with the worker's part done at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factories import desk, make_workshop
from sorting import act
from verkstad.documents import View
from verkstad.domain.roles import Actor
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import FileLine, FileNote
from verkstad.services.adopted_files import make_files
from verkstad.services.adoption import adopt
from verkstad.services.ports import NullBroadcaster
from verkstad.storage import Adoption, Workshop
from verkstad.storage.adoption import adoptions_of

BASE = "https://verkstad.example.se"
NOTES = (
    FileNote(id="a", group=1, text="Fler mötesplatser", question="q1"),
    FileNote(id="b", group=2, text="Bänkar i parken", question="q1"),
)
LINE = FileLine(id="l", section="intro", text="De flesta vill **ses**.", notes=("a", "b"))


def make_reviewed(session: Session, **more: Any) -> Workshop:
    """Two notes and a line that builds on both, under review."""
    given = {"notes": NOTES, "lines": (LINE,), "state": State.UNDER_REVIEW}
    return make_workshop(session, opened=False, **(given | more))


def make(session: Session, workshop: Workshop) -> None:
    """What the worker does."""
    workshop_id = workshop.id
    session.commit()  # what it has read must not hide what is written beside it
    make_files(session.get_bind().engine, NullBroadcaster(), workshop_id)
    session.expire_all()


def adopted(session: Session, workshop: Workshop, actor: Actor, *views: View) -> Adoption:
    """Adopt, with its files."""
    adopt(session, actor, views or (View.GROUPS,), base=BASE)
    make(session, workshop)
    latest = adoptions_of(session, workshop.id)[0]
    assert session.get_one(Workshop, workshop.id).state is State.ADOPTED
    return latest


def hide(session: Session, workshop: Workshop, note: str) -> str:
    """The desk hides a note."""
    return act(session, desk(workshop), "note.hide", note=note, reason="fel bord")
