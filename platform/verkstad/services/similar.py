"""The notes most like some, for who asks: as the machine has found them, and may they be seen."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from verkstad.domain.note import plain
from verkstad.services.delta import Json
from verkstad.storage import Note
from verkstad.storage.base import begin_read
from verkstad.storage.note_vector import nearest_of

MOST_ASKED = 20


def most_similar(session: Session, workshop_id: int, asked: Sequence[str]) -> list[Json]:
    """The three notes most like each of those asked about, best first; of notes with the same words the first by id.

    Not those asked about, and nothing for what is gone, or has come so lately that the machine has not looked at it.
    """
    begin_read(session)
    visible = (Note.workshop_id == workshop_id, Note.withdrawn_at.is_(None), Note.hidden_at.is_(None))
    words = {note: plain(text) for note, text in session.execute(select(Note.id, Note.text).where(*visible))}
    first: dict[str, str] = {}
    for note in sorted(words):
        first.setdefault(words[note], note)
    ours = {first[words[note]] for note in asked if note in words}
    found: dict[str, Json] = {}
    for likes in nearest_of(session, workshop_id, ours).values():
        for like in likes:
            known = found.get(like.note)
            if like.note in words and like.note not in ours and (known is None or known["likeness"] < like.likeness):
                found[like.note] = {"note": like.note, "likeness": like.likeness, "clearly": like.clearly}
    return sorted(found.values(), key=lambda like: (-like["likeness"], like["note"]))
