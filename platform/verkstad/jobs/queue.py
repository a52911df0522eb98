"""The queue between serving and the work beside it: huey's, in a file of its own, or in Redis where there is one.

A message says which workshop has news and nothing else. One that is lost costs seconds: the worker also looks.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any

from verkstad.config import Config
from verkstad.logs import Trouble
from verkstad.optional import without
from verkstad.threads import Lock

if TYPE_CHECKING:
    from huey.consumer import Consumer

FILE = "jobs.db"
PAUSE = 1.0  # seconds in which a workshop is asked for once at most
_PATIENCE = 5.0  # seconds for one answer of Redis
_NAP = 0.5  # seconds between looks at an empty queue, where it is a file


class WorkQueue:
    """One installation's queue. Messages are signed: whoever can write to Redis cannot have code run here."""

    def __init__(self, config: Config) -> None:
        signed = {"secret": config.secret_key, "salt": "verkstad jobs"}
        name = f"verkstad-{config.installation[:16]}"
        if config.redis_url is None:
            # The clients of databases that we do not use are tens of megabytes.
            with without("redis", "psycopg"):
                from huey import SqliteHuey as Queue
            where: dict[str, Any] = {"filename": str(config.instance / FILE), "fsync": False}
        else:
            from huey import RedisHuey as Queue
            from redis import ConnectionPool

            limits = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
            where = {"connection_pool": ConnectionPool.from_url(config.redis_url, **limits)}
        from huey.serializer import SignedSerializer

        self._huey = Queue(name, results=False, serializer=SignedSerializer(**signed), **where)
        self._look: Callable[[int], object] | None = None
        self._task = self._huey.task(name="look")(self._run)

    def put(self, workshop: int) -> None:
        """Ask for a look at a workshop."""
        self._task(workshop)

    @property
    def length(self) -> int:
        """What waits to be done."""
        return int(self._huey.pending_count())

    def consumer(self, look: Callable[[int], object]) -> Consumer:
        """What does the work, one look after another in a thread of its own."""
        self._look = look
        return self._huey.create_consumer(workers=1, periodic=False, max_delay=_NAP, scheduler_interval=60)

    def _run(self, workshop: int) -> None:
        assert self._look is not None
        self._look(workshop)


class Asking:
    """The `JobQueue` of a serving process: remembers at once, and puts it in the queue when nobody waits for that."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[int, None] = {}
        self._something = Event()
        self._trouble = Trouble(__name__, "the queue of work cannot be written to; themes come late")

    def changed(self, workshop: int) -> None:
        """There may be notes in a workshop that the machine has not looked at."""
        with self._lock:
            self._waiting[workshop] = None
        self._something.set()

    def run(self, put: Callable[[int], object], sleep: Callable[[float], None]) -> None:
        """Put in the queue what has been asked for, each workshop once a pause at most; for ever.

        ``put`` writes one workshop to the queue; it may take its time.
        """
        while True:
            self._something.wait()
            self._something.clear()
            with self._lock:
                workshops, self._waiting = list(self._waiting), {}
            for workshop in workshops:
                try:
                    put(workshop)
                    self._trouble.ends()
                except Exception as error:  # whatever it is: the worker finds the workshop by itself
                    self._trouble.begins(error)
            sleep(PAUSE)
