"""The notes most like some, for who asks: as the machine has found them, and may they be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from verkstad.domain.likeness import Like
from verkstad.domain.note import plain
from verkstad.services.delta import Json
from verkstad.storage import Note
from verkstad.storage.base import begin_read
from verkstad.storage.note_vector import nearest_of

MOST_ASKED = 20
_SEEN = (Note.withdrawn_at.is_(None), Note.hidden_at.is_(None))


def most_similar(session: Session, workshop_id: int, asked: Sequence[str]) -> list[Json]:
    """The three notes most like each of those asked about, best first; of notes with the same words the first by id.

    Not those asked about, and nothing for what is gone, or has come so lately that the machine has not looked at it.
    """
    begin_read(session)
    visible = _visible(session, workshop_id, asked)
    found = nearest_of(session, workshop_id, visible)
    if left := visible - found.keys():
        found |= nearest_of(session, workshop_id, _first_with_the_words_of(session, workshop_id, left))
    best: dict[str, Like] = {}
    for like in sorted((like for likes in found.values() for like in likes), key=lambda like: like.likeness):
        best[like.note] = like
    there = _visible(session, workshop_id, best.keys() - found.keys())
    told = sorted((best[note] for note in there), key=lambda like: (-like.likeness, like.note))
    return [like._asdict() for like in told]


def _visible(session: Session, workshop_id: int, notes: Iterable[str]) -> set[str]:
    """Of these notes those that are neither withdrawn nor hidden."""
    query = select(Note.id).where(*_SEEN, Note.workshop_id == workshop_id, Note.id.in_(list(notes)))
    return set(session.scalars(query))


def _first_with_the_words_of(session: Session, workshop_id: int, notes: Iterable[str]) -> set[str]:
    """The notes that were compared in place of these."""
    query = select(Note.id, Note.text).where(*_SEEN, Note.workshop_id == workshop_id)
    words = {note: plain(text) for note, text in session.execute(query)}
    first = {words[note]: note for note in sorted(words, reverse=True)}
    return {first[words[note]] for note in notes}
