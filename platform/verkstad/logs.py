"""Logging: to standard error, and never anything that a person wrote, a code or a token."""

from __future__ import annotations

import logging
import traceback
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
    for door in ("engineio.server", "socketio.server"):
        # What they complain of is what strangers send, a page of it each time: enough to fill a disk. Ours is caught.
        logging.getLogger(door).setLevel(logging.CRITICAL)
