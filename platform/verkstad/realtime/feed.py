"""What the processes of one installation tell each other: deltas, as opaque bytes over Redis.

Redis promises nothing here and nothing is asked of it: a message that is lost, late or told twice costs time only, for
every process also looks at the database. What must never happen is that somebody waits for Redis.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections import deque
from collections.abc import Callable
from threading import Event
from typing import Any, Protocol

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from verkstad.logs import Trouble

log = logging.getLogger(__name__)

BEAT = 3.0  # seconds between signs of life; our own come back to us too, so silence always means a fault
DEAF = 15.0  # seconds of silence after which a connection is taken for dead, though it looks alive
PAUSE = 1.0  # seconds between attempts to reach Redis
PATIENCE = 5.0  # seconds for one answer of Redis
BACKLOG = 4_000_000  # bytes that may wait for Redis; a delta that is dropped is looked up
_SENDER = 12  # bytes

Deliver = Callable[[bytes], None]


class Feed(Protocol):
    """Carries messages to the other processes, and theirs to this one."""

    @property
    def silence(self) -> float:
        """Seconds since anything was heard."""

    def publish(self, message: bytes) -> None:
        """Tell the others, if that can be done now. Never waits, never raises; not for other threads."""

    def start(self, deliver: Deliver, spawn: Callable[..., Any]) -> None:
        """Begin to carry, in background tasks made by ``spawn``; ``deliver`` gets what others published."""


class RedisFeed:
    """The `Feed` of one installation over Redis publish/subscribe.

    ``installation`` keeps those apart who share a Redis, whose channels know no database numbers.
    """

    def __init__(self, url: str, installation: str) -> None:
        self._url = url
        self._channel = f"verkstad:feed:{installation}"
        self._me = secrets.token_bytes(_SENDER)
        self._outgoing: deque[bytes] = deque()
        self._waiting = 0  # bytes in it
        self._something = Event()
        self._stopped = Event()
        self._heard = time.monotonic()
        self._listening = Trouble(__name__, "other processes cannot be heard over Redis; what they take in comes late")
        self._speaking = Trouble(
            __name__, "other processes cannot be told over Redis; what we take in reaches them late"
        )

    @property
    def silence(self) -> float:
        """Seconds since anything was heard, our own sign of life included."""
        return time.monotonic() - self._heard

    def publish(self, message: bytes) -> None:
        """Tell the others, if that can be done now. Never waits, never raises; not for other threads."""
        if self._waiting + len(message) > BACKLOG:
            self._take()  # they will have to look anyway, and then they see all of it
        self._outgoing.append(message)
        self._waiting += len(message)
        self._something.set()

    def start(self, deliver: Deliver, spawn: Callable[..., Any]) -> None:
        """Begin to carry, in two background tasks made by ``spawn``; ``deliver`` gets what others published."""
        spawn(self._keep, self._listening, lambda: self._listen(deliver))
        spawn(self._keep, self._speaking, self._speak)

    def stop(self) -> None:
        """Let the background tasks end within seconds."""
        self._stopped.set()
        self._something.set()

    def _keep(self, trouble: Trouble, task: Callable[[], None]) -> None:
        """Do the task until stopped, over and over: Redis may be gone for an hour and must then be found again."""
        while not self._stopped.is_set():
            try:
                task()
            except Exception as error:  # whatever it is, the process must not stay deaf for ever
                trouble.begins(error)
                self._stopped.wait(PAUSE)

    def _listen(self, deliver: Deliver) -> None:
        with self._connect() as client, client.pubsub(ignore_subscribe_messages=True) as subscription:
            subscription.subscribe(self._channel)
            began = time.monotonic()
            while time.monotonic() - max(began, self._heard) < DEAF:
                message = subscription.get_message(timeout=BEAT)
                if self._stopped.is_set():
                    return
                if message is not None:
                    self._hear(message["data"], deliver)
            raise redis.ConnectionError("connected but deaf")

    def _hear(self, data: bytes, deliver: Deliver) -> None:
        self._heard = time.monotonic()
        self._listening.ends()
        if len(data) > _SENDER and not data.startswith(self._me):
            try:
                deliver(data[_SENDER:])
            except Exception:
                log.exception("what another process told could not be used")

    def _speak(self) -> None:
        with self._connect() as client:
            self._take()  # what has waited for the connection is old by now
            while not self._stopped.is_set():
                pipeline = client.pipeline(transaction=False)
                for message in self._take() or [b""]:
                    pipeline.publish(self._channel, self._me + message)
                pipeline.execute()
                self._speaking.ends()
                self._something.wait(BEAT)

    def _take(self) -> list[bytes]:
        self._something.clear()
        messages = list(self._outgoing)
        self._outgoing.clear()
        self._waiting = 0
        return messages

    def _connect(self) -> redis.Redis:
        return redis.Redis.from_url(
            self._url,
            protocol=2,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            socket_keepalive=True,
            retry=Retry(NoBackoff(), 0),
        )
