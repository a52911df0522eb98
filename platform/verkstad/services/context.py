"""One workshop's part of a writing transaction: what the handlers of mutations work with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from verkstad.domain.roles import Actor
from verkstad.domain.workshop import State
from verkstad.services.changes import arrivals, shown
from verkstad.services.delta import Delta, Json
from verkstad.services.workshop_view import WorkshopView, load_view
from verkstad.storage import Workshop
from verkstad.storage.base import now
from verkstad.storage.mutation import Answer, Given, insert_answers, used_ids
from verkstad.storage.note import NewNote, insert_notes
from verkstad.storage.prepared import in_one_trip
from verkstad.storage.workshop import Locked, lock_revision, lock_workshop, set_group_revisions, set_revision


@dataclass(frozen=True)
class Mark:
    """Where a context stood before a mutation was tried."""

    revision: int
    told: int
    everyone: bool
    tables: frozenset[int]
    given: frozenset[str]


def lock_context(
    connection: Connection, workshop_id: int, ids: Sequence[str], kept: WorkshopView | None
) -> Context | None:
    """Lock a workshop for changes with these ids; None when it is gone. ``kept`` is what is remembered of it."""
    with in_one_trip(connection):
        locked = lock_revision(connection, workshop_id)
        if locked is None:
            return None
        given, taken = used_ids(connection, workshop_id, ids) if ids else ({}, set())
    return Context(connection, workshop_id, locked, given, taken, _caught_up(connection, workshop_id, locked, kept))


def _caught_up(
    connection: Connection, workshop_id: int, locked: Locked, kept: WorkshopView | None
) -> WorkshopView | None:
    """What is remembered, with the notes that other processes have taken in since; None when more has changed."""
    if kept is None or kept.revision < locked.only_notes_since or kept.revision > locked.revision:
        return None
    for arrived in arrivals(connection, workshop_id, kept.revision) if kept.revision < locked.revision else ():
        kept = kept.with_note(arrived)
    return kept


class Context:
    """The locked workshop, who asks, and what has to be written and told afterwards.

    There are two ways to it. ``view`` and ``add_note`` are for the notes that come in, many a second: prepared
    statements, gathered until the end. ``session`` and ``workshop`` are for everything else, as ordinary objects;
    ``sorting`` is the same session for who only says how notes are sorted, which a note that comes in need not know.
    """

    actor: Actor

    def __init__(
        self,
        connection: Connection,
        workshop_id: int,
        locked: Locked,
        given: dict[str, Given],
        taken: set[str],
        view: WorkshopView | None,
    ) -> None:
        self.connection = connection
        self.workshop_id = workshop_id
        self.at: datetime = now()
        self.revision = locked.revision
        self.given = given  # the answers to mutations that have one
        self.taken = taken  # ids of notes, among those asked for
        self._before = locked
        self._view = view
        self._session: Session | None = None
        self._workshop: Workshop | None = None
        self._plain = True  # nothing has been done but taking notes in and sorting them
        self._reread = False
        self._everyone = False
        self._tables: set[int] = set()
        self._new_answers: list[Answer] = []
        self._new_notes: list[NewNote] = []
        self._told: list[Json] = []
        self._shared: set[str] = set()

    @property
    def session(self) -> Session:
        """The transaction as the ORM sees it; with it in hand the workshop may change in any way."""
        session = self.sorting
        self._plain, self._view = False, None
        return session

    @property
    def sorting(self) -> Session:
        """The same, for changes of themes, of how notes are sorted, and of nothing else."""
        if self._session is None:
            self._session = self._new_session()
        if self._new_notes:
            self.flush()  # the session's own changes too: expiring would undo them
            self._session.expire_all()
        self._reread = True
        return self._session

    def _new_session(self) -> Session:
        # The transaction is the writer's: a session that made a savepoint of its own would outlive the writer's.
        return Session(self.connection, expire_on_commit=False, join_transaction_mode="rollback_only")

    @property
    def workshop(self) -> Workshop:
        """The workshop's row."""
        session = self.session  # every time: whoever asks may change the row, and the view is of no use after that
        if self._workshop is None:
            workshop = lock_workshop(session, self.workshop_id)
            assert workshop is not None
            self._workshop = workshop
            workshop.revision = self.revision
        return self._workshop

    @property
    def view(self) -> WorkshopView:
        """What a note that comes in must know."""
        if self._view is None:
            self.flush()
            session = self._session or self._new_session()
            self._view = load_view(session, self.workshop_id, self.revision, self.state)
        return self._view

    @property
    def state(self) -> State:
        return self._workshop.state if self._workshop else self._before.state

    def bump(self, *, tables: Iterable[int] | None = None) -> int:
        """The next revision, seen by the boards and by some tables, or by everyone."""
        if tables is None:
            self._everyone = True
        else:
            self._tables.update(tables)
        self.revision += 1
        if self._workshop is not None:
            self._workshop.revision = self.revision
        return self.revision

    def bump_meta(self) -> None:
        """A new revision of the workshop's own row."""
        self.workshop.meta_revision = self.bump()

    def add_note(self, note: NewNote, *, shared: bool) -> None:
        """Take a new note in, at the revision that `bump` has just given."""
        self._new_notes.append(note)
        self.taken.add(note.id)
        told = shown(note)
        self._told.append(told)
        if shared and note.question_id is not None:
            self._shared.add(note.question_id)
        self._view = self.view.with_note(told)

    def keep_answer(self, answer: Answer) -> None:
        self.given[answer.id] = Given(answer.actor, answer.revision, answer.code)
        self._new_answers.append(answer)

    def flush(self) -> None:
        """Write what has been done so far, so that the database can say what it thinks of it."""
        self._write()
        if self._session is not None:
            self._session.flush()

    def mark(self) -> Mark:
        """Where we stand, with everything written."""
        return Mark(self.revision, len(self._told), self._everyone, frozenset(self._tables), frozenset(self.given))

    def back_to(self, mark: Mark) -> None:
        """Forget what was done since; the database has been rolled back as far."""
        self.revision, self._everyone, self._tables = mark.revision, mark.everyone, set(mark.tables)
        self._new_notes, self._new_answers = [], []
        self.taken -= {note["id"] for note in self._told[mark.told :]}
        del self._told[mark.told :]
        self.given = {key: given for key, given in self.given.items() if key in mark.given}
        self._session = self._workshop = self._view = None
        self._plain, self._reread = False, True

    def finish(self) -> tuple[Delta | None, WorkshopView | None]:
        """Write everything that is still to be written; what to tell after the commit, and what to remember."""
        with in_one_trip(self.connection) if self._session is None else nullcontext():
            self.flush()
            if self.revision != self._before.revision:
                plain_since = self._before.only_notes_since if self._plain else None
                set_revision(self.connection, self.workshop_id, self.revision, plain_since)
        return self._delta() if self.revision != self._before.revision else None, self._view

    def _write(self) -> None:
        if self._new_notes:
            insert_notes(self.connection, self._new_notes)
            revisions = {note.group_number: note.revision for note in self._new_notes}
            set_group_revisions(self.connection, self.workshop_id, revisions)
            self._new_notes = []
        if self._new_answers:
            insert_answers(self.connection, self._new_answers)
            self._new_answers = []

    def _delta(self) -> Delta:
        span = partial(Delta, workshop=self.workshop_id, before=self._before.revision, revision=self.revision)
        if not self._reread:
            groups = [self.view.groups[number] for number in sorted({note["group"] for note in self._told})]
            return span(notes=self._told, groups=groups, shared=sorted(self._shared))
        return span(reread=True, tables=None if self._everyone else sorted(self._tables))
