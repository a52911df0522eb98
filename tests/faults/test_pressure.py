"""More than can be taken, and readers who do not read: F20, F21."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from factories import make_hall
from faults.conftest import Figures
from faults.driver import Crowd
from faults.evidence import memory, stored_notes, studio_token
from faults.history import What
from faults.proxy import Proxy
from faults.test_kills import crowd_at, let_it_run
from running import Server, eventually

MEGABYTE = 1_000_000
MUTE = 10  # clients that never read
# What the kernel keeps for each connection is not the server's to bound; what the process keeps is.
MOST_GROWTH = MUTE * MEGABYTE + 40 * MEGABYTE


@contextmanager
def never_reads(server: Server, token: str) -> Iterator[int]:
    """A board that shakes hands and then reads nothing more; its own port, by which the server knows it."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect((server.host, server.port))
        sock.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        assert b" 101 " in sock.recv(4096)
        packet = b"40" + json.dumps({"token": token}).encode()
        mask = b"\0\0\0\0"  # leaves the packet as it is
        sock.sendall(bytes([0x81, 0x80 | len(packet)]) + mask + packet)
        yield int(sock.getsockname()[1])


def connected(server: Server, ports: set[int]) -> set[int]:
    """Which of these clients the server still holds a connection to."""
    assert server.process is not None
    held = psutil.Process(server.process.pid).net_connections("tcp")
    return {c.raddr.port for c in held if c.raddr} & ports


def read_too_slowly(server: Server, figures: Figures, notes: int) -> None:
    code, workshop = server.import_evening(make_hall(8))
    studio = studio_token(server, workshop)
    with (
        Proxy(server.host, server.port) as slow_network,
        Crowd(server.base, code, groups=8, phones=60, boards=[studio], length=900) as crowd,
    ):
        crowd.write(150)
        let_it_run(crowd, 60)
        before = memory(server)
        slow = crowd.follow(studio, slow_network.base)
        eventually(lambda: slow.synced_at)
        slow_network.rate = 5_000
        boards = [never_reads(server, studio) for _ in range(MUTE)]
        ports = {board.__enter__() for board in boards}
        try:
            assert connected(server, ports) == ports
            eventually(lambda: not connected(server, ports), seconds=120)
            let_it_run(crowd, notes)
            eventually(lambda: slow.lives > 1 or slow.line is None, seconds=120)
            grown = memory(server) - before
        finally:
            for board in boards:
                board.__exit__(None, None, None)
        slow_network.rate = 0
        slow_network.reset()
        verdict = crowd.finish(lambda: stored_notes(server, workshop))
        figures(grown_mb=round(grown / MEGABYTE, 1), slow_lives=slow.lives, **crowd.figures(verdict))
    assert verdict.faults == {}
    assert grown < MOST_GROWTH


def test_who_does_not_read_is_cut_off_and_harms_nobody(server: Server, figures: Figures) -> None:
    read_too_slowly(server, figures, 100)


@pytest.mark.long
def test_who_does_not_read_for_thousands_of_notes(server: Server, figures: Figures) -> None:
    read_too_slowly(server, figures, 5000)


def test_an_evening_larger_than_the_backlog_comes_through_a_slow_network(server: Server, figures: Figures) -> None:
    """What is asked for must not be what one is cut off for, or one would come back and ask for ever."""
    code, workshop = server.import_evening(make_hall(8))
    studio = studio_token(server, workshop)
    with (
        Proxy(server.host, server.port) as network,
        Crowd(server.base, code, groups=8, phones=60, boards=[studio], length=950) as crowd,
    ):
        crowd.burst(1200)
        eventually(lambda: crowd.acked >= 1200, seconds=60)
        network.rate = MEGABYTE
        late = crowd.follow(studio, network.base)
        verdict = crowd.finish(lambda: stored_notes(server, workshop))
        figures(megabytes=round(network.passed["down"] / MEGABYTE, 1), lives=late.lives, **crowd.figures(verdict))
    assert verdict.faults == {}


def burst(server: Server, figures: Figures, *, phones: int, at_once: int, seconds: float) -> None:
    with crowd_at(server, phones=phones, tables=40, rate=30, figures=figures) as crowd:
        let_it_run(crowd, 60)
        before = memory(server)
        crowd.burst(at_once)
        crowd.write(300)
        time.sleep(seconds)
        crowd.write(30)
        begun = time.monotonic()
        eventually(lambda: crowd.waiting < phones, seconds=120)
        figures(recovered_s=round(time.monotonic() - begun, 1), grown_mb=round((memory(server) - before) / MEGABYTE, 1))


def test_ten_times_what_is_usual_is_taken_in_its_time(server: Server, figures: Figures) -> None:
    burst(server, figures, phones=60, at_once=1000, seconds=3)


@pytest.mark.long
def test_ten_times_what_is_usual_for_a_minute(installation: Server, figures: Figures) -> None:
    burst(installation, figures, phones=300, at_once=9000, seconds=60)


def test_who_sends_too_much_is_told_when_to_come_back(server: Server, figures: Figures) -> None:
    """One phone with more to send than a phone may: it waits alone, and loses none."""
    with crowd_at(server, phones=8, tables=4, rate=5, figures=figures) as crowd:
        crowd.flood(crowd.phones[0], 400)
        eventually(lambda: crowd.history.count(What.BUSY) > 0, seconds=60)
