"""The one writer of a process: gathers what arrives while the last transaction runs into the next, and acks after it.

Nobody waits for a timer. The first push that finds nobody writing writes, and takes along whatever else has come; when
it is done, the next in line does the same. So a lone note goes at once and a flood goes two hundred at a time.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from threading import Event
from time import perf_counter
from typing import Any

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from verkstad.domain.errors import N_, Busy, DomainError, Invalid, NotFound, Unavailable
from verkstad.domain.mutations import AnyMutation
from verkstad.domain.roles import Actor
from verkstad.services import metrics
from verkstad.services.context import Context, lock_context
from verkstad.services.delta import Delta
from verkstad.services.ports import Broadcaster, JobQueue, NullJobQueue
from verkstad.services.push import Batch, PushResult, Result, answer, refuse
from verkstad.services.workshop_view import WorkshopView
from verkstad.storage.base import WRITING
from verkstad.threads import Lock

log = logging.getLogger(__name__)

MAX_TOGETHER = 200  # mutations in one transaction
MAX_WAITING = 5000  # mutations that may wait; more would wait too long to be worth it
MAX_VIEWS = 64  # workshops whose view is kept

# Runs a function where it does not hold up the event loop.
Apart = Callable[[Callable[[], Any]], Any]
Apply = Callable[[Context, Actor, str, AnyMutation | Invalid], Result]


def here(call: Callable[[], Any]) -> Any:
    """`Apart` where nothing is held up: just call it."""
    return call()


_BUSY = N_("The server has a lot to do just now. What you wrote is kept on your device and sent again.")


class _Push:
    """One push on its way: what is asked, and what became of it."""

    __slots__ = ("actor", "batch", "error", "leads", "result", "turn")

    def __init__(self, actor: Actor, batch: Batch) -> None:
        self.actor = actor
        self.batch = batch
        self.result: PushResult | None = None
        self.error: DomainError | None = None
        self.leads = False
        self.turn: Event | None = None  # for who has to wait: answered, or its turn to lead


class Writer:
    """Takes pushes from any number of threads or greenlets and writes them in the order they came.

    ``engine`` is the writer's own; ``apart`` runs a commit somewhere else while the event loop goes on.
    """

    def __init__(
        self, engine: Engine, broadcaster: Broadcaster, apart: Apart = here, jobs: JobQueue | None = None
    ) -> None:
        self._engine = engine.execution_options(**WRITING)
        self._connection: Connection | None = None  # kept between transactions
        self._broadcaster = broadcaster
        self._apart = apart
        self._jobs = jobs or NullJobQueue()
        self._lock = Lock()
        self._line: deque[_Push] = deque()
        self._led = False
        self._views: dict[int, WorkshopView] = {}
        self.waiting = 0  # mutations in line

    def push(self, actor: Actor, batch: Batch) -> PushResult:
        """Apply a parsed batch; what is answered ``ok`` is committed, durably, when this returns.

        Raises:
            NotFound: the workshop is gone.
            Busy: too much is waiting already, or the database cannot take it now. Nothing is known to be written;
                the same batch may be sent again.
        """
        push = _Push(actor, batch)
        self._enter(push)
        if push.turn is not None:
            push.turn.wait()
        if push.leads:
            self._lead()
        if push.error is not None:
            raise push.error
        assert push.result is not None
        metrics.pushed()
        for (_, mutation), result in zip(batch, push.result.results, strict=True):
            metrics.answered(mutation, result.status)
        return push.result

    def _enter(self, push: _Push) -> None:
        size = len(push.batch)
        with self._lock:
            if self.waiting + size > MAX_WAITING:
                raise Busy("busy", _BUSY, retry_after=2)
            self.waiting += size
            self._line.append(push)
            push.leads, self._led = not self._led, True
            if not push.leads:
                push.turn = Event()

    def _lead(self) -> None:
        """Write one transaction; this greenlet's own push is the first in it."""
        together = self._take()
        began = perf_counter()
        try:
            deltas = self._write(together)
            metrics.wrote(sum(len(push.batch) for push in together if push.result), perf_counter() - began)
            for delta in deltas:
                self._broadcaster.publish(delta)
                self._jobs.changed(delta.workshop)
        finally:
            for push in together:
                if push.result is None and push.error is None:
                    push.error = unavailable()
            self._pass_on()
            for push in together:
                if push.turn is not None:
                    push.turn.set()

    def _take(self) -> list[_Push]:
        together: list[_Push] = []
        size = 0
        with self._lock:
            while self._line and (not together or size + len(self._line[0].batch) <= MAX_TOGETHER):
                push = self._line.popleft()
                together.append(push)
                size += len(push.batch)
            self.waiting -= size
        return together

    def _pass_on(self) -> None:
        with self._lock:
            if not self._line:
                self._led = False
                return
            heir = self._line[0]
            heir.leads = True
        assert heir.turn is not None  # whoever finds others in line waits
        heir.turn.set()

    def _write(self, together: Sequence[_Push]) -> list[Delta]:
        """All of it in one transaction; when something in it cannot be written, again with each mutation by itself.

        Raises nothing: what has no result afterwards is not known to be written.
        """
        apply, may_be_stale = answer, self._connection is not None
        while True:
            try:
                return self._transaction(together, apply)
            except Exception as error:
                self._drop_connection()
                if not is_outage(error):
                    log.exception("a change could not be written")
                    if apply is _answer_alone:
                        return []
                    apply = _answer_alone
                elif may_be_stale and isinstance(error, DBAPIError) and error.connection_invalidated:
                    may_be_stale = False  # a database that was restarted while nobody wrote
                else:
                    log.warning("the database cannot be written to just now: %s", type(error).__name__)
                    return []

    def _transaction(self, together: Sequence[_Push], apply: Apply) -> list[Delta]:
        if self._connection is None:
            self._connection = self._engine.connect()
        with self._connection.begin() as transaction:
            contexts, results = self._apply(self._connection, together, apply)
            finished = {key: context.finish() for key, context in contexts.items() if context is not None}
            self._apart(transaction.commit)
        for push, result in zip(together, results, strict=True):
            context = contexts[_workshop(push)]
            if context is None:
                push.error = NotFound("unknown_workshop", N_("There is no such workshop."))
            else:
                push.result = PushResult(context.revision, result)
        self._keep({key: view for key, (_, view) in finished.items()})
        return [delta for delta, _ in finished.values() if delta is not None]

    def _drop_connection(self) -> None:
        """Begin anew: a commit that failed may have left it in the middle of the transaction."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _apply(
        self, connection: Connection, together: Sequence[_Push], apply: Apply
    ) -> tuple[dict[int, Context | None], list[list[Result]]]:
        contexts = self._contexts(connection, together)
        results = []
        for push in together:
            context = contexts[_workshop(push)]
            results.append([apply(context, push.actor, *each) for each in push.batch] if context is not None else [])
        return contexts, results

    def _contexts(self, connection: Connection, together: Sequence[_Push]) -> dict[int, Context | None]:
        """The workshops concerned, locked in the order of their keys, so that two processes never lock crosswise."""
        ids: dict[int, list[str]] = {}
        for push in together:
            ids.setdefault(_workshop(push), []).extend(mutation_id for mutation_id, _ in push.batch)
        return {key: lock_context(connection, key, ids[key], self._views.get(key)) for key in sorted(ids)}

    def _keep(self, views: dict[int, WorkshopView | None]) -> None:
        for key, view in views.items():
            self._views.pop(key, None)
            if view is not None:
                self._views[key] = view
        while len(self._views) > MAX_VIEWS:
            del self._views[next(iter(self._views))]


def unavailable() -> Unavailable:
    """The answer when nothing can be written for now."""
    return Unavailable("busy", _BUSY, retry_after=2)


def _workshop(push: _Push) -> int:
    assert push.actor.workshop is not None
    return push.actor.workshop


def _answer_alone(context: Context, actor: Actor, mutation_id: str, mutation: AnyMutation | Invalid) -> Result:
    """Apply one mutation in a savepoint of its own; one that breaks something is refused for good."""
    context.flush()
    mark = context.mark()
    savepoint = context.connection.begin_nested()
    try:
        result = answer(context, actor, mutation_id, mutation)
        context.flush()
    except Exception as error:
        if is_outage(error):
            raise
        savepoint.rollback()
        context.back_to(mark)
        internal = DomainError("internal", N_("Something went wrong on our side. Your text is kept on your device."))
        return refuse(context, actor, mutation_id, internal)
    savepoint.commit()
    return result


def is_outage(error: Exception) -> bool:
    """Whether it is the database that is away, full or locked, rather than something that it will never take."""
    if isinstance(error, (DataError, IntegrityError, ProgrammingError, NotSupportedError)):
        return False
    return isinstance(error, (DBAPIError, PoolTimeout))
