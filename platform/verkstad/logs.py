"""Logging: to standard error, and never anything that a person wrote, a code or a token."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from types import TracebackType


class PlacesOnly(logging.Formatter):
    """Tells of an exception what kind it is and where it came from: its own words may quote what a person wrote."""

    def formatException(  # noqa: N802  (the library's name)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")


def set_up_logs() -> None:
    """One plain line an event. Libraries below WARNING stay silent: at INFO some of them print payloads."""
    to_stderr = logging.StreamHandler()
    to_stderr.setFormatter(PlacesOnly("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[to_stderr])
    logging.getLogger("verkstad").setLevel(logging.INFO)
    logging.getLogger("verkstad.serving").addFilter(Seldom())
    for door in ("engineio.server", "socketio.server"):
        # What they complain of is what strangers send, a page of it each time: enough to fill a disk. Ours is caught.
        logging.getLogger(door).setLevel(logging.CRITICAL)


class Seldom(logging.Filter):
    """Lets the same sentence through once a minute, with how often it was: what strangers do must fill no disk."""

    PAUSE = 60.0

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._said: dict[str, tuple[float, int]] = {}  # when it was said last, and how often it was not since

    def filter(self, record: logging.LogRecord) -> bool:
        sentence, now = record.getMessage(), self._clock()
        at, kept_back = self._said.get(sentence, (float("-inf"), 0))
        if now - at < self.PAUSE:
            self._said[sentence] = (at, kept_back + 1)
            return False
        self._said[sentence] = (now, 0)
        if kept_back:
            record.msg, record.args = f"{sentence} (and %d times since it was said)", (kept_back,)
        return True


class Trouble:
    """Something that may be down for hours: said once when it begins and once when it is over."""

    def __init__(self, logger: str, what: str) -> None:
        self._log = logging.getLogger(logger)
        self._what = what
        self._began: float | None = None

    def begins(self, error: BaseException) -> None:
        if self._began is None:
            self._began = time.monotonic()
            self._log.warning("%s (%s)", self._what, type(error).__name__)

    def ends(self) -> None:
        if self._began is not None:
            self._log.warning("over after %.0f seconds: %s", time.monotonic() - self._began, self._what)
            self._began = None
