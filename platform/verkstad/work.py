"""`verkstad work`: what runs beside serving. It needs little of the doors, and starts without loading them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from threading import Thread
from typing import Any

import click


@click.command()
@click.option("--tied", is_flag=True, hidden=True, help="Tell on standard output, and end when standard input does.")
def work(tied: bool) -> None:
    """Suggest themes for this installation's workshops, where servers are told not to: VERKSTAD_WORKER=off."""
    # Before any arithmetic is loaded: threads that spin while they wait for each other starve where others are at work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from verkstad.config import ConfigError, read_config
    from verkstad.jobs.worker import work as run
    from verkstad.logs import set_up_logs
    from verkstad.services.ports import Teller

    set_up_logs()
    try:
        config = read_config()
        # Without either, serving processes find what we have written when they look.
        tell = _print if tied else _over_redis(config.redis_url, config.installation)
        run(config, Teller(tell), tied=tied)
    except ConfigError as error:
        sys.exit(str(error))


def _print(message: bytes) -> None:
    sys.stdout.buffer.write(message + b"\n")
    sys.stdout.buffer.flush()


def _over_redis(url: str | None, installation: str) -> Callable[[bytes], None]:
    if url is None:
        return lambda _: None
    from verkstad.realtime.feed import RedisFeed

    def spawn(task: Callable[..., Any], *given: Any) -> None:
        Thread(target=task, args=given, daemon=True).start()

    feed = RedisFeed(url, installation)
    feed.start(lambda _: None, spawn)
    return feed.publish
