"""A TCP proxy that is as bad as the networks of a hall. Its knobs may be turned while connections pass through it.

with Proxy("127.0.0.1", server.port) as proxy:
    proxy.rate = 5_000      # bytes a second towards the clients, each connection
    proxy.swallow = {DOWN}  # nothing more arrives there, and nobody is told
    proxy.reset()           # every connection ends in RST
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final, Self

UP: Final = "up"  # towards the server
DOWN: Final = "down"  # towards the clients
PIECE = 4096  # so that a rate is kept evenly
LISTENER_BUFFER = 4096  # what is sent ahead must not hide a slow reader


class Proxy:
    """Listens on a free port of this machine and passes on to ``host:port``."""

    def __init__(self, host: str, port: int) -> None:
        self.delay = 0.0  # seconds, each way
        self.rate = 0  # bytes a second down, each connection; 0 is as fast as it goes
        self.swallow: set[str] = set()  # directions whose bytes vanish
        self.stalled = False  # nothing moves, nothing is lost, nobody hangs up
        self.upgrades = True  # whether a WebSocket may be opened; if not, its request is answered 403
        self.passed = {UP: 0, DOWN: 0}
        self._to = (host, port)
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._dead: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LISTENER_BUFFER)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._accept, sock=self._socket))
        return self

    def __exit__(self, *exception: object) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def reset(self) -> None:
        """End every connection in RST, on both sides."""
        self._run(self._reset())

    def half_open(self) -> None:
        """Whoever is connected now gets and gives nothing any more, without being told; who comes anew is well."""
        self._run(self._forget())

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            server_reader, server_writer = await asyncio.open_connection(*self._to)
        except OSError:
            writer.transport.abort()
            return
        pair = (writer, server_writer)
        self._pairs.add(pair)
        ways = [self._carry(UP, reader, server_writer), self._carry(DOWN, server_reader, writer)]
        tasks = {asyncio.create_task(way) for way in ways}
        self._tasks |= tasks
        try:
            await asyncio.wait(tasks)
        finally:
            self._tasks -= tasks
            self._pairs.discard(pair)
            self._dead -= set(pair)
            for end in pair:
                end.close()

    async def _carry(self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while piece := await reader.read(PIECE):
                if way == UP and not self.upgrades and b"upgrade: websocket" in piece.lower():
                    self._forbid(writer)
                    return
                await self._hold(way, len(piece))
                if way in self.swallow or writer in self._dead:
                    continue
                self.passed[way] += len(piece)
                writer.write(piece)
                await writer.drain()
            if writer.can_write_eof() and writer not in self._dead and way not in self.swallow:
                writer.write_eof()
        except OSError:
            for pair in [pair for pair in self._pairs if writer in pair]:
                for end in pair:
                    end.transport.abort()

    async def _hold(self, way: str, size: int) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.rate and way == DOWN:
            await asyncio.sleep(size / self.rate)
        while self.stalled:
            await asyncio.sleep(0.02)

    def _forbid(self, towards_server: asyncio.StreamWriter) -> None:
        for client, server in list(self._pairs):
            if server is towards_server:
                client.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                client.close()
                server.close()

    async def _forget(self) -> None:
        self._dead |= {end for pair in self._pairs for end in pair}

    async def _reset(self) -> None:
        for pair in list(self._pairs):
            for end in pair:
                with suppress(OSError):  # it may be closed already
                    raw = end.get_extra_info("socket")
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.transport.abort()

    async def _close(self) -> None:
        self.stalled = False
        self._server.close()
        await self._reset()
        for task in list(self._tasks):
            task.cancel()
        deadline = time.monotonic() + 5
        while self._pairs and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
