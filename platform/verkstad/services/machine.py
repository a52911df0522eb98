"""The machine at work on one workshop: it reads, it thinks where nobody waits, and it writes in one short transaction.

Between reading and writing people go on. So it writes only what is still as it was read: a note that somebody has
placed or changed meanwhile, or a theme that is gone, is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from verkstad.clustering.concepts import Concept
from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.domain.theme import SORTABLE, Asks, free_label, same_label
from verkstad.services.actions import Act
from verkstad.services.context import Context, lock_context
from verkstad.services.joining import new_id
from verkstad.services.ports import Broadcaster
from verkstad.services.suggesting import Evening, NoteNow, Plan, Proposal, ThemeNow, decide, stacked
from verkstad.storage import Note, Sorting, Suggestion, Workshop
from verkstad.storage.action import moved_notes
from verkstad.storage.base import WRITING, begin_read, begin_write
from verkstad.storage.note import notes_by_id
from verkstad.storage.note_vector import Kept, forget_vectors, keep_vectors, vectors_of
from verkstad.storage.suggestion import Kind, due, sorting_of, suggestions_of
from verkstad.storage.theme import themes_of

_TOGETHER = 32  # texts embedded between two short transactions


class Machine:
    """Does what is due for workshops. ``encoder`` is asked for when it is needed first: loading it takes a second."""

    def __init__(
        self, engine: Engine, broadcaster: Broadcaster, encoder: Callable[[], Encoder], concepts: Sequence[Concept]
    ) -> None:
        self._engine = engine
        self._broadcaster = broadcaster
        self._encoder = encoder
        self._concepts = concepts

    def look(self, workshop_id: int) -> bool:
        """Do what is due for a workshop, if anything is; whether it was."""
        with Session(self._engine, expire_on_commit=False) as session:
            begin_read(session)
            if not due(session, workshop_id):
                return False
            evening = _read(session, workshop_id)
        encoder = self._encoder()
        vectors = self._vectors(workshop_id, evening, encoder)
        plan = decide(evening, vectors, encoder, self._concepts)
        with self._engine.execution_options(**WRITING).begin() as connection:
            context = lock_context(connection, workshop_id, [], None)
            if context is None:
                return False
            _Writing(context, evening, plan).write("simple" if encoder.simple else "e5")
            delta, _ = context.finish()
        if delta is not None:
            self._broadcaster.publish(delta)
        return True

    def _vectors(self, workshop_id: int, evening: Evening, encoder: Encoder) -> Vectors:
        """The vectors of an evening's notes; those that are missing are made and kept, a few at a time."""
        digests = {note.id: _digest(note.text) for note in evening.notes}
        with Session(self._engine) as session:
            kept = vectors_of(session, workshop_id, encoder.name)
        missing = [n for n in evening.notes if n.id not in kept or kept[n.id].digest != digests[n.id]]
        for start in range(0, len(missing), _TOGETHER):
            some = missing[start : start + _TOGETHER]
            made = encoder.embed([note.text for note in some]).astype(np.float32)
            new = [
                Kept(note.id, encoder.name, digests[note.id], row.tobytes())
                for note, row in zip(some, made, strict=True)
            ]
            kept.update((vector.note_id, vector) for vector in new)
            self._keep(workshop_id, new)
        gone = kept.keys() - digests.keys()
        if gone:
            with Session(self._engine) as session:
                begin_write(session)
                forget_vectors(session, workshop_id, gone)
                session.commit()
        return stacked({note: vector.vector for note, vector in kept.items()}, evening.notes)

    def _keep(self, workshop_id: int, vectors: Sequence[Kept]) -> None:
        with Session(self._engine) as session:
            begin_write(session)
            there = notes_by_id(session, workshop_id, [vector.note_id for vector in vectors])
            keep_vectors(session, workshop_id, [vector for vector in vectors if vector.note_id in there])
            session.commit()


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def _read(session: Session, workshop_id: int) -> Evening:
    revision = session.scalars(select(Workshop.revision).where(Workshop.id == workshop_id)).one()
    sorting = session.get(Sorting, workshop_id) or Sorting(seen=0, begun=False, asked=False)
    moved = moved_notes(session, workshop_id)
    notes = session.scalars(select(Note).where(Note.workshop_id == workshop_id).order_by(Note.created_revision))
    return Evening(
        revision=revision,
        begun=sorting.begun,
        asked=sorting.asked,
        notes=[
            NoteNow(
                id=note.id,
                text=note.text,
                group=str(note.group_number),
                theme=note.theme_id,
                by_person=note.by_person,
                fresh=note.revision > sorting.seen,
                moved=note.id in moved,
                asks_decided=note.asks is not None,
            )
            for note in notes
            if note.visible
        ],
        themes=[ThemeNow(theme.id, theme.label, theme.named) for theme in themes_of(session, workshop_id)],
        proposals=[
            Proposal(s.id, s.kind, s.content, s.decided_at is None, s.dismissed)
            for s in suggestions_of(session, workshop_id)
        ],
    )


class _Writing:
    """The transaction of a plan, in the locked workshop."""

    def __init__(self, context: Context, evening: Evening, plan: Plan) -> None:
        self._context, self._evening, self._plan = context, evening, plan
        self._session = context.session
        self._sorting = sorting_of(self._session, context.workshop_id)

    def write(self, method: str) -> None:
        """Write what still holds: nothing, where another worker was quicker or the summary stands."""
        sorting, plan = self._sorting, self._plan
        done_already = sorting.begun != self._evening.begun or (self._evening.asked and not sorting.asked)
        if self._context.workshop.state not in SORTABLE or done_already:
            return
        before = self._context.revision
        self._act()
        if plan.proposals is not None:
            self._propose(plan.proposals)
        if self._evening.asked:
            sorting.asked = False
        sorting.begun |= plan.begins
        sorting.seen, sorting.method, sorting.at = self._evening.revision, method, self._context.at
        if self._evening.asked and self._context.revision == before:
            self._context.bump(tables=())  # who asked waits for an answer, also when there is nothing to say
        if self._context.revision != before:
            sorting.revision = self._context.revision

    def _act(self) -> None:
        plan = self._plan
        if not (plan.places or plan.themes or plan.asking):
            return
        kind = plan.kind if plan.places or plan.themes else "machine.ask"
        act = Act(self._context, new_id(), kind, None, suggested=True)
        themes = self._themes(act)
        notes = notes_by_id(self._session, self._context.workshop_id, [*plan.places, *plan.asking])
        for note_id, place in plan.places.items():
            note = notes.get(note_id)
            if note is not None and self._is_as_read(note) and note.theme_id is None and place.theme in themes:
                act.place(note, place.theme, sure=place.sure)
                if place.second in themes and note.second_theme_id is None:
                    act.set(note, "second", [place.second])
        for note_id in plan.asking:
            note = notes.get(note_id)
            if note is not None and self._is_as_read(note) and note.asks is None:
                act.set(note, "asks", [Asks.MAYBE])
        act.finish()

    def _is_as_read(self, note: Note) -> bool:
        return note.visible and note.revision <= self._evening.revision and not note.by_person

    def _themes(self, act: Act) -> set[str]:
        """The themes that notes can go to, after new ones are made."""
        there = themes_of(self._session, self._context.workshop_id)
        labels = {same_label(theme.label) for theme in there}
        for theme in self._plan.themes:
            label = free_label(theme.label, labels)
            labels.add(same_label(label))
            act.add_theme(theme.id, label, keywords=list(theme.keywords), quotation_id=theme.quotation)
        return {theme.id for theme in there} | {theme.id for theme in self._plan.themes}

    def _propose(self, wanted: Sequence[tuple[Kind, dict[str, object]]]) -> None:
        """Let what is proposed be this: what is proposed already stays as it is, and the rest of it goes."""
        new = list(wanted)
        for old in suggestions_of(self._session, self._context.workshop_id):
            if old.decided_at is not None:
                continue
            if (old.kind, old.content) in new:
                new.remove((old.kind, old.content))
            elif old.kind is not Kind.RESORT or self._evening.asked:
                old.decided_at, old.revision = self._context.at, self._context.bump(tables=())
        for kind, content in new:
            self._session.add(
                Suggestion(
                    workshop_id=self._context.workshop_id,
                    id=new_id(),
                    kind=kind,
                    content=content,
                    revision=self._context.bump(tables=()),
                )
            )
