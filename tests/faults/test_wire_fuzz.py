"""F35: bytes that no honest client sends, by the thousand. Who sends them may be shown out; nobody else notices."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from random import Random
from typing import Any

import pytest
import socketio

from factories import make_evening, mutation
from faults import fuzz
from faults.conftest import Figures
from faults.evidence import connections, memory
from running import Server, eventually

GROWTH = 50_000_000  # bytes of memory
LOGGED = 20_000  # bytes of log
PATIENCE = 0.05  # seconds that a bad client waits for anything
PART = 25  # frames on one connection, if it lives so long
_UPGRADE = "\r\n".join(
    (
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        "Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "\r\n",
    )
)


class Witness:
    """Two honest phones at a table: what the one writes is acknowledged and reaches the other, all the time."""

    def __init__(self, server: Server, code: str) -> None:
        self.lost: list[str] = []
        self.written: list[str] = []
        self.heard: list[str] = []
        self.writer = self._connect(server, server.join(code, 1)["token"], "websocket")
        self.reader = self._connect(server, server.join(code, 1)["token"], "polling")
        self.reader.on("changes", self._hear)

    def _connect(self, server: Server, token: str, transport: str) -> Any:
        client = socketio.Client(reconnection=False)
        client.on("disconnect", lambda *reason: self.lost.append(f"{transport}: {reason}"))
        client.connect(server.base, auth={"token": token}, transports=[transport])
        return client

    def _hear(self, message: dict[str, Any]) -> None:
        self.heard += [note["id"] for note in message["notes"]]

    def write(self) -> None:
        assert self.lost == []
        note = mutation("note.add", question="q1", text="vittnet")
        ack = self.writer.call("push", {"mutations": [note]}, timeout=10)
        assert [result["status"] for result in ack["results"]] == ["ok"]
        self.written.append(note["id"])

    def check(self) -> None:
        eventually(lambda: len(self.heard) == len(self.written))
        assert self.heard == self.written
        assert self.lost == []

    def leave(self) -> None:
        for client in (self.writer, self.reader):
            client.disconnect()


class Stranger:
    """Somebody with a seat at another workshop, who says what the generator says."""

    def __init__(self, server: Server, code: str) -> None:
        self._server = server
        self._path = f"/api/v1/workshops/{code}"
        self._tokens = [server.join(code, 1)["token"] for _ in range(5)]

    def frames(self, rng: Random, count: int) -> None:
        """One WebSocket, with up to so many messages; the server may close it before."""
        with self._open() as line, suppress(OSError):
            line.sendall(_UPGRADE.format(host=f"127.0.0.1:{self._server.port}").encode())
            line.recv(4096)
            if rng.random() < 0.9:
                line.sendall(fuzz.frame(b"40" + json.dumps({"token": rng.choice(self._tokens)}).encode()))
            for _ in range(count):
                line.sendall(fuzz.frames(rng))
            line.settimeout(PATIENCE)
            while line.recv(65536):
                pass

    def posts(self, rng: Random, count: int) -> None:
        """One polling session with up to so many bodies."""
        opened = self._ask(b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        found = opened.partition(b'"sid":"')[2].partition(b'"')[0].decode()
        bodies = [b"40" + json.dumps({"token": rng.choice(self._tokens)}).encode()]
        for said in bodies + [fuzz.body(rng) for _ in range(count)]:
            sid = found if rng.random() < 0.95 else fuzz.value(rng, 0).encode(errors="replace").hex()
            head = f"POST /socket.io/?EIO=4&transport=polling&sid={sid} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            self._ask(f"{head}Content-Length: {len(said)}\r\n\r\n".encode() + said)

    def request(self, rng: Random) -> None:
        """One request to the API."""
        self._ask(fuzz.request(rng, self._path, rng.choice(self._tokens)))

    def _ask(self, said: bytes) -> bytes:
        answer = b""
        with self._open() as line, suppress(OSError):
            line.sendall(said)
            line.shutdown(socket.SHUT_WR)
            while part := line.recv(65536):
                answer += part
        assert not answer.startswith(b"HTTP/1.1 5"), f"not our mistake: {said[:1000]!r}"
        return answer

    def _open(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self._server.port), timeout=10)


@pytest.fixture
def besieged(hall: Server) -> Server:
    """A server without limits, so that everything is read."""
    hall.stop()
    hall.settings["VERKSTAD_LIMITS"] = "off"
    hall.start()
    return hall


def besiege(server: Server, seed: int, messages: int) -> dict[str, object]:
    """So many messages from one seed, a third of them each way; what it did to the server."""
    witness = Witness(server, server.import_evening(make_evening())[0])
    stranger = Stranger(server, server.import_evening(make_evening())[0])
    before, logged = 0, 0
    rounds = messages // (2 * PART)
    for n in range(rounds):
        rng = Random(f"{seed}/{n}")
        stranger.frames(rng, PART)
        stranger.posts(rng, PART - 5)
        for _ in range(5):
            stranger.request(rng)
        if n % 5 == 0:
            witness.write()
        if n == rounds // 4:  # everything has been used once and is warm
            before, logged = memory(server), len(server.log())
    witness.check()
    eventually(lambda: connections(server)["websocket"] == 1)
    grown, told = memory(server) - before, len(server.log()) - logged
    witness.leave()
    assert server.crashes() == []
    assert grown < GROWTH
    assert told < LOGGED, "the log grows with what strangers send"
    return {"messages": rounds * 2 * PART, "memory grown": grown, "log grown": told, "witness": len(witness.written)}


def test_thousands_of_bad_messages_reach_nobody_else(besieged: Server, figures: Figures) -> None:
    figures(**besiege(besieged, 35, 5_000))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_thousand_bad_messages_reach_nobody_else(besieged: Server, figures: Figures, seed: int) -> None:
    figures(**besiege(besieged, seed, 25_000))
