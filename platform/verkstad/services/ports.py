"""What the services ask of the doors above them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from verkstad.services.delta import Delta, encode_delta


class Broadcaster(Protocol):
    """Tells the rooms of a workshop that something changed. Called after commit; must never raise."""

    def publish(self, delta: Delta) -> None:
        """Tell everyone concerned, here and in other processes, soon."""


class JobQueue(Protocol):
    """Has work done beside serving. Called after commit; must never raise or wait."""

    def changed(self, workshop: int) -> None:
        """There may be notes in a workshop that the machine has not looked at."""


class NullJobQueue:
    """Where nobody does the work, or will find it anyway."""

    def changed(self, workshop: int) -> None:
        pass


class Teller:
    """The `Broadcaster` of a process that serves nobody: hands each change, encoded, to who will pass it on."""

    def __init__(self, tell: Callable[[bytes], None]) -> None:
        self._tell = tell

    def publish(self, delta: Delta) -> None:
        with suppress(Exception):  # it is written, and who is not told will look
            self._tell(encode_delta(delta))


class NullBroadcaster:
    """For commands and scripts: nobody is listening in this process."""

    def publish(self, delta: Delta) -> None:
        pass
