"""The machine at work on one workshop: it reads, it thinks where nobody waits, and it writes in one short transaction.

Between reading and writing people go on. So it writes only what is still as it was read: a note that somebody has
placed or changed meanwhile, or a theme that is gone, is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from hashlib import blake2b

import numpy as np
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from verkstad.clustering.concepts import Concept, expecting
from verkstad.clustering.encoder import Encoder
from verkstad.clustering.placing import Placer
from verkstad.domain.theme import SORTABLE, Asks
from verkstad.domain.workshop import State
from verkstad.services.actions import Act
from verkstad.services.context import Context, lock_context
from verkstad.services.evening import Evening, NoteNow, Proposal, ThemeNow
from verkstad.services.joining import new_id
from verkstad.services.likeness import Likeness
from verkstad.services.ports import Broadcaster
from verkstad.services.suggesting import Plan, decide, stacked
from verkstad.services.suggestions import sort_anew
from verkstad.storage import Note, Sorting, Suggestion, Workshop
from verkstad.storage.action import changed_by_people
from verkstad.storage.base import WRITING, begin_read, begin_write
from verkstad.storage.begun import people_have_begun
from verkstad.storage.note import notes_by_id
from verkstad.storage.note_vector import Kept, forget_vectors, keep_vectors, vectors_of
from verkstad.storage.suggestion import Kind, due, sorting_of, suggestions_of
from verkstad.storage.theme import themes_of

_PLACERS = 8  # evenings that are kept in memory, some ten megabytes each
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
        self._placers: dict[int, Placer] = {}

    def look(self, workshop_id: int) -> bool:
        """Do what is due for a workshop, if anything is; whether it was."""
        with Session(self._engine, expire_on_commit=False) as session:
            begin_read(session)
            if not due(session, workshop_id):
                return False
            evening = _read(session, workshop_id)
        encoder = self._encoder()
        kept = self._vectors(workshop_id, evening, encoder)
        vectors = stacked({note: vector.vector for note, vector in kept.items()}, evening.notes)
        likeness = Likeness(evening.notes, kept, vectors, encoder)
        concepts = expecting(self._concepts, evening.expected)
        plan = decide(evening, vectors, encoder, concepts, self._placers.pop(workshop_id, None))
        if plan.placer is not None:
            self._placers[workshop_id] = plan.placer
            for longest_ago in list(self._placers)[:-_PLACERS]:
                del self._placers[longest_ago]
        with self._engine.execution_options(**WRITING).begin() as connection:
            context = lock_context(connection, workshop_id, [], None)
            if context is None:
                return False
            _Writing(context, evening, plan, likeness).write("simple" if encoder.simple else "e5")
            delta, _ = context.finish()
        if delta is not None:
            self._broadcaster.publish(delta)
        return True

    def _vectors(self, workshop_id: int, evening: Evening, encoder: Encoder) -> dict[str, Kept]:
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
        return kept

    def _keep(self, workshop_id: int, vectors: Sequence[Kept]) -> None:
        with Session(self._engine) as session:
            begin_write(session)
            there = notes_by_id(session, workshop_id, [vector.note_id for vector in vectors])
            keep_vectors(session, workshop_id, [vector for vector in vectors if vector.note_id in there])
            session.commit()


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def _read(session: Session, workshop_id: int) -> Evening:
    told = select(Workshop.revision, Workshop.expected_themes, Workshop.state).where(Workshop.id == workshop_id)
    revision, expected, state = session.execute(told).one()
    sorting = session.get(Sorting, workshop_id) or Sorting(seen=0, begun=False, asked=False, settled=False)
    return Evening(
        revision=revision,
        seen=sorting.seen,
        begun=sorting.begun,
        asked=sorting.asked,
        notes=_notes(session, workshop_id, sorting.seen, changed_by_people(session, workshop_id, "place")),
        themes=[ThemeNow(theme.id, theme.label, theme.named) for theme in themes_of(session, workshop_id)],
        proposals=[
            Proposal(s.id, s.kind, s.content, s.decided_at is None, s.dismissed)
            for s in suggestions_of(session, workshop_id)
        ],
        expected=expected.splitlines(),
        closed=state is State.CLOSED,
        closing=state is State.CLOSED and not sorting.settled,
        touched=not sorting.begun or people_have_begun(session, workshop_id),
    )


def _notes(session: Session, workshop_id: int, seen: int, moved: Set[str]) -> list[NoteNow]:
    """What can be seen, in order of arrival; by column, since an object for each of a thousand takes its time."""
    query = (
        select(
            Note.id,
            Note.text,
            Note.group_number,
            Note.theme_id,
            Note.by_person,
            Note.created_revision,
            Note.revision,
            Note.asks,
            Note.near,
        )
        .where(Note.workshop_id == workshop_id, Note.withdrawn_at.is_(None), Note.hidden_at.is_(None))
        .order_by(Note.created_revision)
    )
    return [
        NoteNow(
            id=note,
            text=text,
            group=str(group),
            theme=theme,
            by_person=by_person,
            new=created > seen,
            fresh=revision > seen,
            moved=note in moved,
            asks_decided=asks is not None,
            near=tuple(near or ()),
        )
        for note, text, group, theme, by_person, created, revision, asks, near in session.execute(query)
    ]


class _Writing:
    """The transaction of a plan, in the locked workshop."""

    def __init__(self, context: Context, evening: Evening, plan: Plan, likeness: Likeness) -> None:
        self._context, self._evening, self._plan, self._likeness = context, evening, plan, likeness
        self._session = context.session
        self._sorting = sorting_of(self._session, context.workshop_id)

    def write(self, method: str) -> None:
        """Write what still holds: nothing, where another worker was quicker or the summary stands."""
        sorting, plan = self._sorting, self._plan
        done_already = sorting.seen != self._evening.seen or (self._evening.asked and not sorting.asked)
        if self._context.workshop.state not in SORTABLE or done_already:
            return
        if plan.unasked and people_have_begun(self._session, self._context.workshop_id):
            return  # they have begun meanwhile: it looks again, and sorts no more by itself
        self._likeness.write(self._context)
        before = self._context.revision
        self._act()
        if plan.proposals is not None:
            self._propose(plan.proposals)
        if self._evening.asked:
            sorting.asked = False
        sorting.begun |= plan.sorting is not None
        sorting.settled = self._evening.closed
        sorting.seen, sorting.method, sorting.at = self._evening.revision, method, self._context.at
        if self._evening.asked and self._context.revision == before:
            self._context.bump(tables=())  # who asked waits for an answer, also when there is nothing to say
        if self._context.revision != before:
            sorting.revision = self._context.revision

    def _act(self) -> None:
        """Do what needs nobody's yes, with the notes that are as they were read."""
        asking = [note for note in self._as_read(self._plan.asking) if note.asks is None]
        content = self._plan.content
        there = {note.id for note in self._as_read([move["note"] for move in content["moves"]])}
        moves = [move for move in content["moves"] if move["note"] in there]
        if not (asking or moves):
            return
        act = Act(self._context, new_id(), self._plan.kind if moves else "machine.ask", None, suggested=True)
        sort_anew(self._context, act, {**content, "moves": moves})
        for note in asking:
            act.set(note, "asks", [Asks.MAYBE])
        act.finish()

    def _as_read(self, ids: Sequence[str]) -> list[Note]:
        notes = notes_by_id(self._session, self._context.workshop_id, ids).values()
        return [note for note in notes if note.visible and note.revision <= self._evening.revision]

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
