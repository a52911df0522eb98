"""Where things run: in a serving process gevent's loop, with one native thread beside it for what would block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from gevent import monkey
from gevent.threadpool import ThreadPool

T = TypeVar("T")


def is_cooperative() -> bool:
    """Whether gevent has taken its places in this process, as `entry` makes it do for ``serve``."""
    return bool(monkey.is_module_patched("socket"))


def apart() -> Callable[[Callable[[], T]], T]:
    """Something that runs a function in a native thread of its own, and waits for it while the loop goes on."""
    pool = ThreadPool(1)

    def run(call: Callable[[], T]) -> T:
        result, error = pool.apply(_outcome, (call,))
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    return run


def _outcome(call: Callable[[], Any]) -> tuple[Any, Exception | None]:
    # What is raised in the pool's thread, gevent prints first; where the disk is full it fails at that, and whoever
    # waits would wait for ever.
    try:
        return call(), None
    except Exception as error:
        return None, error
