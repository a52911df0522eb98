"""A started system with a hall full of people connected to it, who write at a given rate."""

from __future__ import annotations

import time
from typing import Self

from benchmarks.live.crowd import Crowd
from benchmarks.live.figures import Run
from benchmarks.live.plan import Crew, draw
from benchmarks.live.systems import System
from benchmarks.live.tally import Faults, Spread, ack_delays, compare_stored, lateness, read_record
from benchmarks.live.usage import Meter, Processes

DRAIN = 15.0  # seconds that everything may take to arrive after the last note was due


class Hall:
    """A started system with a crowd connected to it; made by `filled`."""

    def __init__(self, system: System, crew: Crew) -> None:
        self.system = system
        self.crew = crew
        self.server = Processes(*system.pids)
        self.memory_at_rest = self.memory_connected = self.server.memory()
        self.crowd = Crowd(system.base, crew, system.admit([crew.group_of(phone) for phone in range(crew.phones)]))
        self.connect_seconds = self.connect_cpu = 0.0

    @classmethod
    async def filled(cls, system: System, crew: Crew) -> Self:
        """Start, let everybody join and connect, and note what connecting took.

        Raises:
            RuntimeError: somebody never got in.
        """
        system.start()
        hall = cls(system, crew)
        began, cpu = time.monotonic(), hall.server.cpu()
        if not await hall.crowd.fill():
            raise RuntimeError(f"{system.name}: not everybody could connect\n{system.log()[-3000:]}")
        hall.connect_seconds = time.monotonic() - began
        hall.connect_cpu = (hall.server.cpu() - cpu) * 1000 / len(hall.crowd.members)
        hall.memory_connected = hall.server.memory()
        return hall

    async def play(self, rate: float, *, warm_up: float, seconds: float, seed: str) -> Run:
        """Write at a rate for a while, wait until all has arrived, and say how it went."""
        crowd = self.crowd
        before = (crowd.gaps, crowd.cut_off, crowd.turned_away)
        notes = draw(self.crew, rate, warm_up=warm_up, seconds=seconds, seed=seed)
        meter = Meter(self.server)
        start = await crowd.play(notes)
        await crowd.seen_by_all(DRAIN)
        used = meter.read()
        delays, faults = read_record(crowd, start)
        shown = sum(self.crew.readers(self.crew.group_of(note.phone)) for note in notes) - faults.unseen
        return Run(
            system=self.system.name,
            rate=rate,
            notes=len(notes),
            deliveries=shown,
            ack=Spread.of(ack_delays(crowd, start)),
            visible=Spread.of(delays),
            sent_late=Spread.of(lateness(crowd, start)),
            faults=faults,
            gaps=crowd.gaps - before[0],
            cut_off=crowd.cut_off - before[1],
            turned_away=crowd.turned_away - before[2],
            server_cores=round(used.server, 3),
            driver_cores=round(used.driver, 3),
            others_cores=round(used.others, 3),
            cpu_per_delivery=round(used.server * used.seconds * 1e6 / max(shown, 1), 1),
            messages_per_delivery=round(crowd.messages / max(shown, 1), 2),
            memory_at_rest=round(self.memory_at_rest, 1),
            memory_connected=round(self.memory_connected, 1),
            memory_peak=round(self.server.peak_memory(), 1),
            connections=len(crowd.members),
            connect_seconds=round(self.connect_seconds, 2),
            connect_cpu=round(self.connect_cpu, 2),
        )

    def close(self) -> Faults:
        """Send everybody home and stop the server; what the database has against what was acked."""
        self.crowd.close()
        faults = compare_stored(self.crowd, self.system.stored())
        self.system.stop()
        return faults
