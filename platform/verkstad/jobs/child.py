"""A serving process' own worker: started with it, ended with it, started again when it dies."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Callable

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
HEALTHY = 60.0  # seconds after which a worker that ends did not fail from the start

log = logging.getLogger(__name__)


class Child:
    """A process of `verkstad work`, in the serving process' environment.

    It learns by the end of its standard input that we are gone, however we went. What it prints is handed to ``hear``,
    a line at a time.
    """

    def __init__(self, hear: Callable[[bytes], None]) -> None:
        self._hear = hear
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def run(self, sleep: Callable[[float], None]) -> None:
        """Keep one running, for ever; after each failure it is started a little later."""
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            code = self._run_one()
            if time.monotonic() - began > HEALTHY:
                pause = FIRST_PAUSE
            log.warning("the worker ended with %s; it is started again in %.0f seconds", code, pause)
            sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _run_one(self) -> int:
        command = [sys.executable, "-m", "verkstad.entry", "work", "--tied"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 (ours)
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                self._hear(line)
            except Exception:
                log.exception("what the worker told could not be used")
        return self._process.wait()
