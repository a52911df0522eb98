"""The figures of this process, for /metrics. Labels are words of our own: never a text, a code, a token or an address.

Every label's values are bound here, so that counting costs a look-up and an addition. To be called from the loop, not
from a native thread: under gevent the library's locks are the loop's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from prometheus_client import Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics, generate_latest
from prometheus_client.registry import CollectorRegistry

from verkstad.domain.errors import Invalid
from verkstad.domain.mutations import AnyMutation, Mutation

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

_mutations = Counter("verkstad_mutations", "Mutations that were answered.", ["kind", "status"], registry=_REGISTRY)
_by_kind = {(kind, status): _mutations.labels(name, status) for kind, name in _KINDS.items() for status in _STATUSES}
_pushes = Counter("verkstad_pushes", "Pushes, each with up to 50 mutations.", registry=_REGISTRY)
_refused = Counter(
    "verkstad_refused", "Requests and events that were refused whole.", ["code", "door"], registry=_REGISTRY
)
_busy = Counter("verkstad_busy", "Those of them that were told to come back later.", registry=_REGISTRY)
_messages = Counter("verkstad_messages", "Messages of changes, one a room.", registry=_REGISTRY)
_deliveries = Counter("verkstad_deliveries", "Messages of changes, one a connection in the room.", registry=_REGISTRY)
_cut_off = Counter("verkstad_cut_off", "Connections ended because they did not keep up.", registry=_REGISTRY)
_commits = Histogram(
    "verkstad_commit_seconds",
    "What a batch of mutations took to write, commit included.",
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_REGISTRY,
)
_batches = Histogram(
    "verkstad_batch_mutations",
    "Mutations that were written in one transaction.",
    buckets=(1, 2, 5, 10, 20, 50, 100, 200),
    registry=_REGISTRY,
)
_queue = Gauge("verkstad_queue_mutations", "Mutations that wait to be written.", registry=_REGISTRY)
_connections = Gauge("verkstad_connections", "Open live connections.", ["transport"], registry=_REGISTRY)
_silence = Gauge(
    "verkstad_feed_silence_seconds",
    "How long nothing has come over the feed between processes; 0 without one.",
    registry=_REGISTRY,
)


def answered(mutation: AnyMutation | Invalid, status: Status) -> None:
    """One mutation was answered; `Invalid` stands for one that could not be read."""
    _by_kind[type(mutation), status].inc()


def pushed() -> None:
    """A push was answered with results."""
    _pushes.inc()


def refused(code: str, door: Door, *, busy: bool = False) -> None:
    """A request or an event was refused whole. ``code`` is one of our own, and so are there only so many."""
    _refused.labels(code, door).inc()
    if busy:
        _busy.inc()


def wrote(mutations: int, seconds: float) -> None:
    """A batch was committed."""
    _batches.observe(mutations)
    _commits.observe(seconds)


def told(connections: int) -> None:
    """A room with so many connections was sent a message of changes."""
    _messages.inc()
    _deliveries.inc(connections)


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


def render() -> bytes:
    """All figures in Prometheus' text format."""
    return generate_latest(_REGISTRY)
