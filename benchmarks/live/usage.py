"""What processes cost: processor time to the nanosecond where the kernel tells it, memory, and what others took."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    """The process and all it has started."""
    parents: dict[int, list[int]] = {}
    for stat in _PROC.glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended while we looked
        parents.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for member in found:
        found += parents.get(member, [])
    return found


def _cpu(pid: int) -> float:
    """Seconds. The kernel's run time where it keeps one: its clock ticks of 10 ms hide small servers."""
    try:
        nanoseconds = sum(int(task.read_text().split()[0]) for task in (_PROC / str(pid) / "task").glob("*/schedstat"))
        if nanoseconds:
            return nanoseconds / 1e9
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def _memory(pid: int, field: str) -> float:
    """Megabytes (10^6), from the process's status."""
    try:
        status = (_PROC / str(pid) / "status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in status.splitlines() if line.startswith(field)), 0.0)


def _machine() -> float:
    """Seconds that the machine's cores have worked, for anybody, or were taken from it."""
    user, nice, system, _idle, _waiting, irq, softirq, stolen = map(
        int, (_PROC / "stat").read_text().splitlines()[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + stolen) / _TICK


class Processes:
    """Some processes with all that they have started."""

    def __init__(self, *pids: int) -> None:
        self._pids = [member for pid in pids for member in _family(pid)]

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        return sum(map(_cpu, self._pids))

    def memory(self) -> float:
        """Megabytes resident now."""
        return sum(_memory(pid, "VmRSS:") for pid in self._pids)

    def peak_memory(self) -> float:
        """The most that has been resident at any moment."""
        return sum(_memory(pid, "VmHWM:") for pid in self._pids)


@dataclass(frozen=True)
class Used:
    """Processor time over a while, in cores: the server's, our own, and everybody else's."""

    seconds: float
    server: float
    driver: float
    others: float


class Meter:
    """Measures from when it is made until `read`."""

    def __init__(self, server: Processes) -> None:
        self._server = server
        self._from = self._now()

    def _now(self) -> tuple[float, float, float, float]:
        return time.monotonic(), self._server.cpu(), time.process_time(), _machine()

    def read(self) -> Used:
        seconds, server, driver, machine = (now - then for now, then in zip(self._now(), self._from, strict=True))
        others = max(0.0, machine - server - driver)
        return Used(seconds, server / seconds, driver / seconds, others / seconds)
