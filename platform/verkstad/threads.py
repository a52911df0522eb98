"""Where things run: in a serving process gevent's loop, with one native thread beside it for what would block."""

from __future__ import annotations

from _queue import SimpleQueue  # the interpreter's own: `queue`'s is gevent's once that has taken its places
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from gevent import get_hub, monkey
from gevent.hub import Waiter

T = TypeVar("T")

# For what nobody waits within: gevent's lock, which lets others run meanwhile, costs ten times as much.
Lock = monkey.get_original("threading", "Lock")


def is_cooperative() -> bool:
    """Whether gevent has taken its places in this process, as `entry` makes it do for ``serve``."""
    return bool(monkey.is_module_patched("socket"))


class _Call:
    """Something to be run over there, and what became of it."""

    __slots__ = ("call", "done", "error", "result")

    def __init__(self, call: Callable[[], Any], done: Any) -> None:
        self.call = call
        self.done = done  # the loop's watcher, which another thread may wake
        self.result: Any = None
        self.error: BaseException | None = None


def apart() -> Callable[[Callable[[], T]], T]:
    """Something that runs a function in a native thread of its own, and waits for it while the loop goes on.

    As gevent's `ThreadPool` of one does for twice the processor time, and every note passes here.
    """
    calls: SimpleQueue[_Call] = SimpleQueue()
    monkey.get_original("_thread", "start_new_thread")(_serve, (calls,))

    def run(call: Callable[[], T]) -> T:
        hub = get_hub()
        waiter: Waiter[None] = Waiter(hub)
        asked = _Call(call, hub.loop.async_())
        asked.done.start(waiter.switch, None)
        try:
            calls.put(asked)
            waiter.get()
        finally:
            asked.done.close()
        if asked.error is not None:
            raise asked.error
        return asked.result  # type: ignore[no-any-return]

    return run


def _serve(calls: SimpleQueue[_Call]) -> None:
    while True:
        asked = calls.get()
        try:
            asked.result = asked.call()
        except BaseException as error:
            asked.error = error
        with suppress(Exception):  # nobody waits any more
            asked.done.send()
        del asked  # what it held is not kept until the next
