"""`verkstad serve`: one cooperative process that holds a whole hall."""

from __future__ import annotations

import errno
import gc
import logging
import resource
import signal
import socket
from collections.abc import Callable
from types import TracebackType
from typing import Any

import gevent
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer

from verkstad.config import Config, ConfigError
from verkstad.jobs.child import Child
from verkstad.jobs.queue import WorkQueue
from verkstad.realtime.websocket import SOCKET
from verkstad.services.delta import decode_delta
from verkstad.services.metrics import watch_work
from verkstad.services.writer import here
from verkstad.threads import apart

log = logging.getLogger(__name__)

BACKLOG = 2048  # a hall that scans at once
REQUEST_BUFFER = 1024  # bytes, held as long as a connection lasts; usually it is eight thousand
# Seconds that we wait for the next byte from somebody. A live connection pings every 20 and is given up after 40.
PATIENCE = 60


def listen(config: Config) -> socket.socket:
    """The listening socket.

    Raises:
        ConfigError: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # An ack is one small packet; waiting for more to send with it costs 40 ms a note. Accepted sockets inherit this.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        sock.bind((config.host, config.port))
    except OSError as error:
        raise ConfigError(_why_not(error, config)) from error
    sock.listen(BACKLOG)
    sock.setblocking(False)
    return sock


def _why_not(error: OSError, config: Config) -> str:
    if error.errno == errno.EADDRINUSE:
        what = f"Port {config.port} is already in use. Stop the other server, or choose another port"
        return f"{what}: VERKSTAD_PORT={config.port + 1} make run"
    if error.errno == errno.EACCES:
        what = f"Port {config.port} may only be used by an administrator. Choose one above 1023"
        return f"{what}: VERKSTAD_PORT=5000 make run"
    return f"The address {config.host} cannot be listened on: {error.strerror}."


class Handler(WSGIHandler):
    """pywsgi's handler, taught that a WebSocket is the end of a connection's requests, and to keep quiet."""

    def __init__(self, sock: socket.socket, address: Any, server: Server) -> None:
        super().__init__(sock, address, server)
        self.rfile: Any = sock.makefile("rb", REQUEST_BUFFER)

    def get_environ(self) -> dict[str, Any]:
        return super().get_environ() | {SOCKET: self.socket}

    def read_request(self, raw_requestline: str) -> Any:
        """Read the head of a request. Raises ValueError when it is none: anything else is printed with its trace."""
        try:
            return super().read_request(raw_requestline)
        except Exception as error:
            raise ValueError from error

    def handle_one_response(self) -> None:
        super().handle_one_response()
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self.close_connection = True  # what follows on this socket are frames, not requests

    def log_error(self, msg: str, *args: object) -> None:
        # The arguments quote the request: a code, a token, or bytes of what somebody wrote.
        log.warning("a request could not be read")

    def _log_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # A page of trace for every broken WebSocket frame would let anybody fill the disk.
        log.warning("a connection ended in %s", kind.__name__)


class Server(WSGIServer):
    """pywsgi's server, where nobody keeps a place by never finishing a sentence."""

    def handle(self, sock: socket.socket, address: Any) -> None:
        sock.settimeout(PATIENCE)
        super().handle(sock, address)


def _allow_connections() -> None:
    """Take as many open files as the system lets us have: a phone holds two, and 1,024 is the usual first offer."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def serve(app: Flask, sock: socket.socket, started: Callable[[], None]) -> None:
    """Serve until interrupted. Requests are not logged: their addresses hold join codes."""
    _allow_connections()
    server = Server(sock, app, log=None, handler_class=Handler)
    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, server.stop, 1)
    door = app.extensions["live"]
    app.extensions["post"].go_direct(door.answer)
    server.start()
    door.start()
    started()
    _settle()
    server.serve_forever()


def start_work(app: Flask, config: Config) -> None:
    """Have themes suggested beside us: by a worker of our own, unless somebody else runs them."""
    queue = WorkQueue(config)
    # SQLite waits inside C; the client of Redis waits as gevent does.
    aside = apart() if config.redis_url is None else here
    gevent.spawn(app.extensions["jobs"].run, lambda workshop: aside(lambda: queue.put(workshop)), gevent.sleep)
    worker = Child(lambda line: app.extensions["broadcaster"].publish(decode_delta(line)))
    watch_work(lambda: aside(lambda: queue.length), lambda: worker.alive)
    if config.worker:
        gevent.spawn(worker.run, gevent.sleep)


def _settle() -> None:
    """Take what is there for good out of the collector's sight: looking through it holds up a hall for a tenth of a
    second, again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
