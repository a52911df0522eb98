"""What the services ask of the doors above them."""

from __future__ import annotations

from typing import Protocol


class Broadcaster(Protocol):
    """Tells the rooms of a workshop that something changed. Called after commit; must never raise."""

    def publish(self, workshop: int, groups: frozenset[int] | None) -> None:
        """Tell the boards, and the phones of ``groups`` (None: of every group)."""


class NullBroadcaster:
    """For commands and scripts: nobody is listening in this process."""

    def publish(self, workshop: int, groups: frozenset[int] | None) -> None:
        pass
