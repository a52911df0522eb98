"""What bad input gets, at both doors: a final no, counted, and nobody else notices."""

from __future__ import annotations

import json
import socket
import struct
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from factories import make_evening, mutation, new_id
from faults.fuzz import frame
from running import Server

UPGRADE = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
CLOSED = 8  # the opcode of a farewell


class LiveLine:
    """A seat's WebSocket, on which anything may be said."""

    def __init__(self, server: Server, token: str) -> None:
        self._socket = socket.create_connection((server.host, server.port), timeout=20)
        self._stream = self._socket.makefile("rb")
        self._socket.sendall(UPGRADE)
        while self._stream.readline() != b"\r\n":
            pass
        self.send(b"40" + json.dumps({"token": token}).encode())

    def send(self, message: bytes) -> None:
        self._socket.sendall(frame(message))

    def ask(self, event: str, payload: bytes) -> Any:
        """The ack of an event; an integer when the server said goodbye instead, with this code."""
        self.send(b'427["%s",%s]' % (event.encode(), payload))
        while True:
            opcode, said = self._hear()
            if opcode == CLOSED:
                return struct.unpack(">H", said[:2])[0]
            if said.startswith(b"437["):
                return json.loads(said[3:])[0]

    def _hear(self) -> tuple[int, bytes]:
        head, size = self._stream.read(2)
        if size == 126:
            [size] = struct.unpack(">H", self._stream.read(2))
        elif size == 127:
            [size] = struct.unpack(">Q", self._stream.read(8))
        return head & 15, self._stream.read(size)

    def close(self) -> None:
        self._stream.close()
        self._socket.close()


@dataclass
class Seat:
    """A phone that can say the same at both doors."""

    server: Server
    code: str

    def __post_init__(self) -> None:
        self.token = str(self.server.join(self.code, 1)["token"])

    def at(self, door: str, payload: bytes) -> str:
        """A push with this payload; the code of the refusal, ``ok``, or how the connection ended."""
        if door == "http":
            path = f"/api/v1/workshops/{self.code}/push"
            status, answer = self.server.request("POST", path, payload, self.token)
            assert status < 500
        else:
            line = LiveLine(self.server, self.token)
            answer = line.ask("push", payload)
            line.close()
        if isinstance(answer, int):
            return f"closed {answer}"
        if "error" in answer:
            return str(answer["error"]["code"])
        [result] = answer["results"]
        return str(result.get("code", result["status"]))


@pytest.fixture
def seat(server: Server, code: str) -> Seat:
    return Seat(server, code)


@pytest.fixture
def neighbour(server: Server, code: str) -> Iterator[Seat]:
    """Somebody else at the table, who must not notice anything."""
    neighbour = Seat(server, code)
    line = LiveLine(server, neighbour.token)
    yield neighbour
    ack = line.ask("push", json.dumps({"mutations": [add("grannens")]}).encode())
    assert [result["status"] for result in ack["results"]] == ["ok"]
    assert [note["text"] for note in line.ask("sync", b'{"since":0}')["notes"]] == ["grannens"]
    line.close()
    assert server.crashes() == []


def counted(server: Server) -> dict[str, float]:
    """What has been refused so far."""
    with urllib.request.urlopen(f"{server.base}/metrics", timeout=20) as answer:
        lines = [line for line in answer.read().decode().splitlines() if line.startswith("verkstad_")]
    refused = [line for line in lines if "verkstad_refused_total" in line or 'status="rejected"' in line]
    return {name: float(number) for name, _, number in (line.rpartition(" ") for line in refused)}


def add(text: Any, **more: Any) -> dict[str, Any]:
    return mutation("note.add", question="q1", text=text, **more)


def pushed(*mutations: Any) -> bytes:
    return json.dumps({"mutations": list(mutations)}).encode()


def nested(depth: int) -> bytes:
    return b'{"mutations":' + b"[" * depth + b"]" * depth + b"}"


# What is said, what it gets over HTTP, and what it gets on the socket.
BAD: dict[str, tuple[bytes, str, str]] = {
    "over-long text": (pushed(add("å" * 1001)), "text_too_long", "text_too_long"),
    "over-long id": (pushed(add("hej") | {"id": "x" * 65}), "bad_id", "bad_id"),
    "over-many": (pushed(*(add("hej") for _ in range(51))), "batch_too_large", "batch_too_large"),
    "over-nested": (nested(100_000), "malformed", "unknown_event"),
    "over-nested in a field": (pushed(add([[[[[[[[]]]]]]]])), "malformed", "malformed"),
    "over-sized": (pushed(add("x" * 330_000)), "too_large", "closed 1009"),
    "not UTF-8": (b'{"mutations":["\xff\xfe"]}', "malformed", "closed 1007"),
    "NUL": (pushed(add("före\0efter")), "control_characters", "control_characters"),
    "a lone surrogate": (pushed(add("\ud800")), "malformed", "control_characters"),
    "NaN": (b'{"mutations":[{"id":"n1","kind":"note.add","text":NaN}]}', "malformed", "malformed"),
    "no JSON": (b'{"mutations":[', "malformed", "unknown_event"),
    "an unknown kind": (pushed(mutation("no.such")), "unknown_kind", "unknown_kind"),
    "a number for a text": (pushed(add(7)), "malformed", "malformed"),
    "a text for a list": (b'{"mutations":"note.add"}', "malformed", "malformed"),
    "a list for an object": (b"[]", "malformed", "malformed"),
    "a number for an id": (pushed(add("hej") | {"id": 7}), "malformed", "malformed"),
    "no such question": (pushed(add("hej") | {"question": "q9"}), "unknown_question", "unknown_question"),
    "what only the desk may": (pushed(mutation("round.close", question="q1")), "forbidden", "forbidden"),
}


@pytest.mark.parametrize("door", ["http", "socket"])
@pytest.mark.parametrize("bad", BAD)
def test_it_gets_a_final_no_and_is_counted(seat: Seat, neighbour: Seat, bad: str, door: str) -> None:
    payload, over_http, on_socket = BAD[bad]
    before = counted(seat.server)
    assert seat.at(door, payload) == (over_http if door == "http" else on_socket)
    after = counted(seat.server)
    assert sum(after.values()) == sum(before.values()) + 1
    assert "hej" not in str(after) and seat.code not in str(after)


@pytest.mark.parametrize("door", ["http", "socket"])
def test_a_note_of_another_workshop_is_nobody_s(seat: Seat, neighbour: Seat, door: str) -> None:
    elsewhere = Seat(seat.server, seat.server.import_evening(make_evening())[0])
    theirs = add("deras")
    assert elsewhere.at(door, pushed(theirs)) == "ok"
    for kind, more in (("note.edit", {"text": "min"}), ("note.withdraw", {})):
        assert seat.at(door, pushed(mutation(kind, note=theirs["id"], **more))) == "unknown_note"
    # The same id is another note here: ids are a workshop's own.
    assert elsewhere.at(door, pushed(theirs)) == "duplicate"


def test_a_token_opens_its_own_workshop_only(seat: Seat, neighbour: Seat) -> None:
    other = seat.server.import_evening(make_evening())[0]
    for method, path, body in (("POST", "push", pushed(add("hej"))), ("GET", "changes", None)):
        status, answer = seat.server.request(method, f"/api/v1/workshops/{other}/{path}", body, seat.token)
        assert (status, answer["error"]["code"]) == (401, "unauthorized")


@pytest.mark.parametrize("since", [b"-1", b"1.5", b'"0"', b"null", b"true", b"1" + b"0" * 40, b"NaN"])
def test_a_revision_that_is_none_is_refused(seat: Seat, neighbour: Seat, since: bytes) -> None:
    line = LiveLine(seat.server, seat.token)
    assert line.ask("sync", b'{"since":%s}' % since)["error"]["code"] == "bad_since"
    line.close()
    asked = since.decode().strip('"')
    if asked != "0":
        path = f"/api/v1/workshops/{seat.code}/changes?since={asked}"
        assert seat.server.request("GET", path, token=seat.token)[1]["error"]["code"] == "bad_since"


@pytest.mark.parametrize("door", ["http", "socket"])
def test_a_flood_is_told_to_wait_and_is_the_only_one(seat: Seat, neighbour: Seat, door: str) -> None:
    said = {seat.at(door, pushed(*(mutation("scribe.leave") | {"id": new_id()} for _ in range(60)))) for _ in range(3)}
    assert said == {"batch_too_large"}
    floods = [pushed(*([mutation("no.such")] * 50)) for _ in range(8)]
    codes = [code for flood in floods if (code := _first(seat, door, flood))]
    assert codes[0] == "unknown_kind" and codes[-1] == "too_fast"


def _first(seat: Seat, door: str, payload: bytes) -> str:
    """What the first mutation of a whole push got, or the push itself."""
    if door == "http":
        _, answer = seat.server.request("POST", f"/api/v1/workshops/{seat.code}/push", payload, seat.token)
    else:
        line = LiveLine(seat.server, seat.token)
        answer = line.ask("push", payload)
        line.close()
    if "error" in answer:
        assert answer["retry_after"] > 0
        return str(answer["error"]["code"])
    return str(answer["results"][0]["code"])
