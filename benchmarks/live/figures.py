"""What one run of one system gave. Kept as it is in the results."""

from __future__ import annotations

import msgspec
from benchmarks.live.tally import Faults, Spread

NOISE = 0.5  # cores that others may use before a run is called noisy


class Run(msgspec.Struct, kw_only=True):
    """One system under one load."""

    system: str
    rate: float  # notes a second that were due
    notes: int
    deliveries: int  # notes shown to their readers, their authors not counted
    ack: Spread
    visible: Spread
    sent_late: Spread
    faults: Faults
    gaps: int  # times that a client had to ask for what it missed
    cut_off: int
    turned_away: int  # pushes answered busy
    server_cores: float
    driver_cores: float
    others_cores: float
    cpu_per_delivery: float  # microseconds of the server's processor time
    messages_per_delivery: float
    memory_at_rest: float  # MB
    memory_connected: float
    memory_peak: float
    connections: int
    connect_seconds: float
    connect_cpu: float  # ms of the server's processor time a connection

    @property
    def noisy(self) -> bool:
        return self.others_cores > NOISE


class Return(msgspec.Struct, kw_only=True):
    """How a whole hall came back after the server was gone, or after every connection was cut."""

    system: str
    how: str
    clients: int
    returned: int
    ready: float  # seconds until the server answered again
    converged: Spread  # from the cut until a client knows all and has handed over all
    failed_attempts: int
    faults: Faults
    server_cores: float
    others_cores: float
    connect_cpu: float

    @property
    def noisy(self) -> bool:
        return self.others_cores > NOISE


class Ceiling(msgspec.Struct, kw_only=True):
    """The highest rate at which the slowest hundredth was still visible in time, and how the search went."""

    system: str
    rate: float
    steps: list[Run]
    passed: Run | None
    stored: Faults

    @property
    def noisy(self) -> bool:
        return any(step.noisy for step in self.steps)


class Results(msgspec.Struct):
    """Everything that was measured one day on one machine."""

    date: str
    machine: dict[str, str | int]
    steady: dict[str, list[Run]] = {}
    storm: list[Return] = []
    ceiling: list[Ceiling] = []
