"""Slow native work, done beside the notes instead of before them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from gevent import get_hub, monkey

T = TypeVar("T")


def off_the_loop(work: Callable[[], T]) -> T:
    """Run ``work`` in a native thread while others go on; it must start no process and touch no database.

    When serving, everything runs on one cooperative thread, which a password hash would hold for a quarter of a
    second and the typesetting of a long PDF for a whole one. Elsewhere the work is simply done.
    """
    result: T = get_hub().threadpool.apply(work) if monkey.is_module_patched("threading") else work()
    return result
