"""The process that works beside serving. Killed at any moment it loses nothing: the database says what is due."""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock, Thread

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from verkstad.clustering.concepts import Concept, read_concepts, shipped
from verkstad.clustering.encoder import best_encoder
from verkstad.config import Config, ConfigError
from verkstad.jobs.queue import WorkQueue
from verkstad.logs import Seldom, Trouble
from verkstad.services.adopted_files import make_files
from verkstad.services.machine import Machine
from verkstad.services.ports import Broadcaster
from verkstad.storage.adoption import pending
from verkstad.storage.base import prepare_engine
from verkstad.storage.migrate import is_current
from verkstad.storage.suggestion import due

ROUND = 5.0  # seconds between looks for what no message told of
PAUSE = 60.0  # seconds before a workshop that could not be done is tried again
CONCEPTS = "concepts.txt"
_NICE = 10  # an ack goes before a theme

log = logging.getLogger(__name__)


def work(config: Config, broadcaster: Broadcaster, *, tied: bool) -> None:
    """Work until stopped; ``tied`` ends with the one who holds the other end of standard input.

    Raises:
        ConfigError: the database is not at this version's tables.
    """
    os.nice(_NICE)
    for name in ("Worker", "Scheduler"):  # each complains of an absent Redis several times a second
        logging.getLogger(f"huey.consumer.{name}").addFilter(Seldom())
    engine = create_engine(config.database_url, hide_parameters=True, pool_pre_ping=not config.embedded)
    prepare_engine(engine)
    if not is_current(engine):
        raise ConfigError("The database has not been migrated to this version. Run: verkstad migrate")
    machine = Machine(engine, broadcaster, best_encoder, concepts_of(config.instance))
    rounds = Rounds(engine, machine, partial(make_files, engine, broadcaster))
    consumer = WorkQueue(config).consumer(rounds.look)
    Thread(target=rounds.run, daemon=True).start()
    if tied:
        Thread(target=_wait_for_the_end, args=[consumer.stop_flag.set], daemon=True).start()
    gc.freeze()  # what is loaded stays: to search it for garbage took longer than to place a note
    consumer.run()


def concepts_of(instance: Path) -> Sequence[Concept]:
    """The installation's own library of concepts where it has one that can be read, else the shipped one."""
    own = instance / CONCEPTS
    try:
        return read_concepts(own.read_text(encoding="utf-8")) if own.exists() else shipped()
    except (OSError, ValueError) as error:
        log.warning("%s is not used: %s", CONCEPTS, error)
        return shipped()


class Rounds:
    """Looks at workshops, one at a time: those that messages name, and those that are due without one."""

    def __init__(self, engine: Engine, machine: Machine, make_files: Callable[[int], None]) -> None:
        self._engine = engine
        self._machine = machine
        self._make_files = make_files
        self._one = Lock()
        self._resting: dict[int, float] = {}  # until when those are left alone that could not be done
        self._trouble = Trouble(__name__, "the database cannot be read; themes come late")

    def look(self, workshop: int) -> None:
        """Do what is due for a workshop. Never raises: the others must have their turn."""
        with self._one:
            if time.monotonic() < self._resting.get(workshop, 0):
                return
            try:
                self._make_files(workshop)  # first: somebody waits, and sorting would change what is adopted
                self._machine.look(workshop)
            except Exception:
                log.exception("workshop %d could not be looked at", workshop)
                self._resting[workshop] = time.monotonic() + PAUSE

    def run(self) -> None:
        """Look for what is due, for ever."""
        while True:
            try:
                with Session(self._engine) as session:
                    workshops = list(dict.fromkeys([*pending(session), *due(session)]))
                self._trouble.ends()
            except Exception as error:  # the database may be away for an hour
                self._trouble.begins(error)
                workshops = []
            for workshop in workshops:
                self.look(workshop)
            time.sleep(ROUND)


def _wait_for_the_end(stop: Callable[[], object]) -> None:
    while os.read(sys.stdin.fileno(), 1024):  # not through a buffer, whose lock would be in the way of our end
        pass
    stop()
