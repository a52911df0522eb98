"""Where things run: in a serving process gevent's loop, with one native thread beside it for what would block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gevent import monkey
from gevent.threadpool import ThreadPool


def is_cooperative() -> bool:
    """Whether gevent has taken its places in this process, as `entry` makes it do for ``serve``."""
    return bool(monkey.is_module_patched("socket"))


def apart() -> Callable[[Callable[[], Any]], Any]:
    """Something that runs a function in a native thread of its own, and waits for it while the loop goes on."""
    return ThreadPool(1).apply
