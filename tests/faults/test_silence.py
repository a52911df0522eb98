"""Who has gone without a word: their connection ends by itself, and nobody else's does."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import socketio
from websockets.sync.client import ClientConnection, connect

from factories import make_evening
from faults.evidence import connections
from running import Server, eventually

IMPATIENT = [sys.executable, str(Path(__file__).with_name("serve_impatient.py"))]
LONG = 4.0  # seconds; several times as long as this server waits for anybody


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, program=IMPATIENT)
    server.start()
    yield server
    server.stop()


def test_who_does_not_answer_is_let_go_and_who_answers_stays(server: Server) -> None:
    code, _ = server.import_evening(make_evening())
    honest = {transport: _follow(server, code, transport) for transport in ("websocket", "polling")}
    with _line(server) as silent:
        # Somebody who has come, and whose network then fails: the socket stays, and nothing is said on it.
        silent.send("40" + json.dumps({"token": server.join(code, 1)["token"]}))
        assert str(silent.recv(timeout=5)).startswith("0")
        assert str(silent.recv(timeout=5)).startswith("40")
        with urllib.request.urlopen(f"{server.base}/socket.io/?EIO=4&transport=polling", timeout=10) as opened:
            assert opened.status == 200  # and then never asks again
        assert connections(server) == {"websocket": 2, "polling": 2}
        eventually(lambda: connections(server) == {"websocket": 1, "polling": 1})
    time.sleep(LONG)
    assert connections(server) == {"websocket": 1, "polling": 1}
    for client in honest.values():
        assert client.call("sync", {"since": 0}, timeout=10)["notes"] == []
        client.disconnect()
    eventually(lambda: connections(server) == {"websocket": 0, "polling": 0})


def test_a_change_of_transport_that_is_never_finished_is_given_up(server: Server) -> None:
    code, _ = server.import_evening(make_evening())
    client = _follow(server, code, "polling")
    with _line(server, f"&sid={client.eio.sid}") as upgrade:
        upgrade.send("2probe")
        assert upgrade.recv(timeout=5) == "3probe"
        eventually(lambda: connections(server)["websocket"] == 0)


def _follow(server: Server, code: str, transport: str) -> socketio.Client:
    client = socketio.Client(reconnection=False)
    client.connect(server.base, auth={"token": server.join(code, 1)["token"]}, transports=[transport])
    return client


def _line(server: Server, more: str = "") -> ClientConnection:
    return connect(f"ws://{server.host}:{server.port}/socket.io/?EIO=4&transport=websocket{more}")
