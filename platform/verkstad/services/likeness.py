"""Which notes say nearly the same and which are most like each: found beside the sorting, and told to the studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.clustering.similar import compare
from verkstad.clustering.themes import Note
from verkstad.services.context import Context
from verkstad.services.evening import NoteNow
from verkstad.storage.note import notes_by_id
from verkstad.storage.note_vector import Kept, keep_nearest


class Likeness:
    """What a look at an evening's notes finds; ``kept`` are their vectors, with what was found before."""

    def __init__(self, notes: Sequence[NoteNow], kept: Mapping[str, Kept], vectors: Vectors, encoder: Encoder) -> None:
        known = {note: vector.nearest for note, vector in kept.items() if vector.nearest is not None}
        found = compare([Note(note.id, note.text) for note in notes], vectors, encoder, known)
        self._nearest = [replace(kept[note], nearest=likes) for note, likes in found.nearest.items()]
        self._near = {note.id: near for note in notes if (near := found.near.get(note.id, ())) != note.near}

    def write(self, context: Context) -> None:
        """Write what differs from what was read, and stamp the notes whose near ones are others than before."""
        keep_nearest(context.session, context.workshop_id, self._nearest)
        if not self._near:
            return
        revision = context.bump(tables=())
        for note in notes_by_id(context.session, context.workshop_id, self._near).values():
            note.near, note.sorted_revision = list(self._near[note.id]) or None, revision
