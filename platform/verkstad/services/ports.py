"""What the services ask of the doors above them."""

from __future__ import annotations

from typing import Protocol

from verkstad.services.delta import Delta


class Broadcaster(Protocol):
    """Tells the rooms of a workshop that something changed. Called after commit; must never raise."""

    def publish(self, delta: Delta) -> None:
        """Tell everyone concerned, here and in other processes, soon."""


class NullBroadcaster:
    """For commands and scripts: nobody is listening in this process."""

    def publish(self, delta: Delta) -> None:
        pass
