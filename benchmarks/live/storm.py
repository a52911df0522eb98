"""A whole hall that is gone at once and comes back: the server is killed and started again, or every connection cut."""

from __future__ import annotations

import asyncio
import signal
import time

from benchmarks.live.figures import Return
from benchmarks.live.hall import Hall
from benchmarks.live.plan import draw
from benchmarks.live.scenarios import STORM
from benchmarks.live.systems import System
from benchmarks.live.tally import Spread, read_record
from benchmarks.live.usage import Meter, Processes

KILLED, CUT = "killed", "cut"
_BEFORE, _AFTER = 3.0, 12.0  # seconds of writing on either side
_PATIENCE = 60.0


async def storm(system: System, how: str, seed: str) -> Return:
    """People write on through it; what they write meanwhile waits on their phones."""
    hall = await Hall.filled(system, STORM.crew)
    crowd = hall.crowd
    notes = draw(STORM.crew, STORM.rate, warm_up=0, seconds=_BEFORE + _AFTER, seed=seed)
    writing = asyncio.create_task(crowd.play(notes))
    await asyncio.sleep(_BEFORE)
    went = time.monotonic()
    if how == KILLED:
        system.stop(signal.SIGKILL)
        await asyncio.to_thread(system.start)
    else:
        for member in crowd.members:
            member.leave()
    ready = time.monotonic() - went
    server = Processes(*system.pids)
    meter = Meter(server)
    while len(back := crowd.back_since(went)) < len(crowd.members) and time.monotonic() < went + _PATIENCE:
        await asyncio.sleep(0.05)
    used = meter.read()
    start = await writing
    await crowd.seen_by_all(_PATIENCE)
    _, faults = read_record(crowd, start)
    return Return(
        system=system.name,
        how=how,
        clients=len(crowd.members),
        returned=len(back),
        ready=round(ready, 2),
        converged=Spread.of([at - went for at in back]),
        failed_attempts=crowd.failed_attempts,
        faults=faults + hall.close(),
        server_cores=round(used.server, 3),
        others_cores=round(used.others, 3),
        connect_cpu=round(used.server * used.seconds * 1000 / len(crowd.members), 2),
    )
