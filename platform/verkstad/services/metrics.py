"""The figures of this process, for /metrics. Labels are words of our own: never a text, a code, a token or an address.

To be called from the loop, not from a native thread: under gevent the library's locks are the loop's.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Literal

from prometheus_client import Counter, Gauge, ProcessCollector, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector, CollectorRegistry
from prometheus_client.utils import floatToGoString

from verkstad.domain.errors import Invalid
from verkstad.domain.mutation import Mutation
from verkstad.domain.mutations import AnyMutation

Door = Literal["http", "socket"]
Status = Literal["ok", "duplicate", "rejected"]
Transport = Literal["websocket", "polling"]

disable_created_metrics()  # type: ignore[no-untyped-call]
_REGISTRY = CollectorRegistry()
ProcessCollector(registry=_REGISTRY)

# Kinds that nobody knows are one label, whatever a stranger calls them.
_KINDS: dict[type[Mutation] | type[Invalid], str] = {
    **{kind: str(kind.__struct_config__.tag) for kind in AnyMutation.__args__},
    Invalid: "unknown",
}
_STATUSES: tuple[Status, ...] = ("ok", "duplicate", "rejected")

_refused = Counter(
    "verkstad_refused", "Requests and events that were refused whole.", ["code", "door"], registry=_REGISTRY
)
_busy = Counter("verkstad_busy", "Those of them that were told to come back later.", registry=_REGISTRY)
_cut_off = Counter("verkstad_cut_off", "Connections ended because they did not keep up.", registry=_REGISTRY)
_queue = Gauge("verkstad_queue_mutations", "Mutations that wait to be written.", registry=_REGISTRY)
_connections = Gauge("verkstad_connections", "Open live connections.", ["transport"], registry=_REGISTRY)
_silence = Gauge(
    "verkstad_feed_silence_seconds",
    "How long nothing has come over the feed between processes; 0 without one.",
    registry=_REGISTRY,
)

_jobs = Gauge("verkstad_jobs_waiting", "Looks at workshops that wait for a worker.", registry=_REGISTRY)
_worker = Gauge("verkstad_worker_up", "Whether the worker of this process runs.", registry=_REGISTRY)


class _Distribution:
    """How often what was observed was at most each of some bounds."""

    def __init__(self, *bounds: float) -> None:
        self._bounds = (*bounds, math.inf)
        self._counts = [0] * len(self._bounds)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        self._counts[bisect_left(self._bounds, value)] += 1
        self._sum += value

    def metric(self, name: str, what: str) -> Metric:
        """As the library tells it: each bound counts those below it too."""
        below = zip(map(floatToGoString, self._bounds), accumulate(self._counts), strict=True)
        return HistogramMetricFamily(name, what, list(below), self._sum)


class _NotePath(Collector):
    """What is counted for every note. The library's own counters take a lock each time, ten of them a note."""

    def __init__(self) -> None:
        self.commits = _Distribution(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
        self.batches = _Distribution(1, 2, 5, 10, 20, 50, 100, 200)
        self.mutations = {(kind, status): 0 for kind in _KINDS for status in _STATUSES}
        self.pushes = self.messages = self.deliveries = 0

    def collect(self) -> Iterable[Metric]:
        """The figures, as the library asks for them."""
        mutations = CounterMetricFamily(
            "verkstad_mutations", "Mutations that were answered.", labels=["kind", "status"]
        )
        for (kind, status), count in self.mutations.items():
            mutations.add_metric([_KINDS[kind], status], count)
        yield mutations
        yield self.commits.metric("verkstad_commit_seconds", "What a batch took to write, commit included.")
        yield self.batches.metric("verkstad_batch_mutations", "Mutations that were written in one transaction.")
        yield CounterMetricFamily("verkstad_pushes", "Pushes, each with up to 50 mutations.", self.pushes)
        yield CounterMetricFamily("verkstad_messages", "Messages of changes, one a room.", self.messages)
        yield CounterMetricFamily(
            "verkstad_deliveries", "Messages of changes, one a connection in the room.", self.deliveries
        )


_note_path = _NotePath()
_REGISTRY.register(_note_path)


def answered(mutation: AnyMutation | Invalid, status: Status) -> None:
    """One mutation was answered; `Invalid` stands for one that could not be read."""
    _note_path.mutations[type(mutation), status] += 1


def pushed() -> None:
    """A push was answered with results."""
    _note_path.pushes += 1


def refused(code: str, door: Door, *, busy: bool = False) -> None:
    """A request or an event was refused whole. ``code`` is one of our own, and so are there only so many."""
    _refused.labels(code, door).inc()
    if busy:
        _busy.inc()


def wrote(mutations: int, seconds: float) -> None:
    """A batch was committed."""
    _note_path.batches.observe(mutations)
    _note_path.commits.observe(seconds)


def told(connections: int) -> None:
    """A room with so many connections was sent a message of changes."""
    _note_path.messages += 1
    _note_path.deliveries += connections


def cut_off() -> None:
    """A connection was ended because it did not keep up."""
    _cut_off.inc()


def watch_queue(waiting: Callable[[], float]) -> None:
    """Ask ``waiting`` for the length of the writer's queue, each time somebody looks."""
    _queue.set_function(waiting)


def watch_connections(transport: Transport, count: Callable[[], float]) -> None:
    """Ask ``count`` how many connections use the transport, each time somebody looks."""
    _connections.labels(transport).set_function(count)


def watch_feed(silence: Callable[[], float]) -> None:
    """Ask ``silence`` for how long nothing has been heard, each time somebody looks."""
    _silence.set_function(silence)


def watch_work(waiting: Callable[[], float], alive: Callable[[], bool]) -> None:
    """Ask how much work waits, and whether our worker runs, each time somebody looks."""

    def length() -> float:
        try:
            return waiting()
        except Exception:  # the queue may be in another service, and the other figures are read all the same
            return math.nan

    _jobs.set_function(length)
    _worker.set_function(alive)


def render() -> bytes:
    """All figures in Prometheus' text format."""
    return generate_latest(_REGISTRY)
