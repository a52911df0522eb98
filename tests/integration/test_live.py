"""The contract from outside: a real server, real Socket.IO clients, HTTP."""

from __future__ import annotations

import gzip
import re
import signal
import socket
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
import socketio

from factories import make_evening, mutation
from running import Server, eventually


class Client:
    """A Socket.IO client that remembers what it was told."""

    def __init__(self, server: Server, **options: Any) -> None:
        self.io = socketio.Client(**options)
        self.server = server
        self.told: list[dict[str, Any]] = []
        self.io.on("changes", self.told.append)

    def connect(self, auth: Any, **options: Any) -> Client:
        self.io.connect(self.server.base, auth=auth, **options)
        return self

    def call(self, event: str, payload: Any) -> Any:
        return self.io.call(event, payload, timeout=10)

    def notes(self) -> dict[str, str | None]:
        return {n["id"]: n["text"] for message in self.told for n in message["notes"]}


@pytest.fixture
def connect(server: Server) -> Iterator[Any]:
    clients: list[Client] = []

    def connect(token: str, **options: Any) -> Client:
        clients.append(Client(server).connect({"token": token}, **options))
        return clients[-1]

    yield connect
    for client in clients:
        client.io.disconnect()


def test_a_note_reaches_its_table_and_the_studio_but_no_other_table(server: Server, code: str, connect: Any) -> None:
    writer, neighbour, stranger = (connect(server.join(code, g)["token"]) for g in (1, 1, 2))
    studio = connect(server.token(code, "studio"))
    note = mutation("note.add", question="q1", text="hej")
    ack = writer.call("push", {"mutations": [note]})
    assert ack["results"][0]["status"] == "ok"
    for client in (writer, neighbour, studio):
        assert eventually(lambda client=client: client.notes().get(note["id"])) == "hej"
    studio.call("push", {"mutations": [mutation("message.send", text="klart")]})
    eventually(lambda: any("workshop" in m for m in stranger.told))
    assert stranger.notes() == {}


def test_messages_say_from_where_they_tell_so_that_a_gap_can_be_seen(server: Server, code: str, connect: Any) -> None:
    phone = connect(server.join(code, 1)["token"])
    known = phone.call("sync", {"since": 0})["revision"]
    for n in range(5):
        phone.call("push", {"mutations": [mutation("note.add", question="q1", text=str(n))]})
    last = phone.call("sync", {"since": known})
    eventually(lambda: phone.told and phone.told[-1]["revision"] == last["revision"])
    for message in phone.told:
        assert message["from"] <= known
        known = message["revision"]


def test_http_and_socket_are_the_same_door(server: Server, code: str, connect: Any) -> None:
    seat = server.join(code, 3)
    note = mutation("note.add", question="q1", text="över http")
    status, ack = server.request("POST", f"/api/v1/workshops/{code}/push", {"mutations": [note]}, seat["token"])
    assert status == 200 and ack["results"][0]["status"] == "ok"
    again = connect(seat["token"]).call("push", {"mutations": [note]})
    assert again["results"][0] == {"id": note["id"], "status": "duplicate", "revision": ack["results"][0]["revision"]}
    status, told = server.request("GET", f"/api/v1/workshops/{code}/changes?since=0", token=seat["token"])
    assert [n["text"] for n in told["notes"]] == ["över http"]
    assert told["you"] == {"participant": seat["participant"], "group": 3}


def test_polling_alone_carries_fifty_notes_in_one_batch(server: Server, code: str, connect: Any) -> None:
    phone = connect(server.join(code, 1)["token"], transports=["polling"])
    batch = [mutation("note.add", question="q1", text=f"lapp {n}") for n in range(50)]
    ack = phone.call("push", {"mutations": batch})
    assert [r["status"] for r in ack["results"]] == ["ok"] * 50


def test_a_token_and_every_acked_note_survive_a_kill(server: Server, code: str) -> None:
    seat = server.join(code, 2)
    path = f"/api/v1/workshops/{code}"
    notes = [mutation("note.add", question="q1", text=f"kvar {n}") for n in range(20)]
    for note in notes:
        assert server.request("POST", f"{path}/push", {"mutations": [note]}, seat["token"])[0] == 200
    server.stop(signal.SIGKILL)
    server.start()
    status, told = server.request("GET", f"{path}/changes?since=0", token=seat["token"])
    assert status == 200
    assert [n["text"] for n in told["notes"]] == [n["text"] for n in notes]


@pytest.mark.parametrize(
    "auth", [None, {}, {"token": "wrong"}, {"token": 7}, "x", {"workshop": "KRTM7W"}, {"csrf": "x"}]
)
def test_a_connection_without_proof_is_refused_with_a_code(server: Server, auth: Any) -> None:
    client = Client(server)
    refused: list[Any] = []
    client.io.on("connect_error", refused.append)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(auth, wait_timeout=5)
    assert [r["message"] for r in refused if isinstance(r, dict)] in (["unauthorized"], ["csrf"])


def test_wrong_and_foreign_events_get_an_error_ack_and_disturb_nobody(server: Server, code: str, connect: Any) -> None:
    attacker, other = connect(server.join(code, 1)["token"]), connect(server.join(code, 1)["token"])
    for event, payload in (
        ("no_such_event", {}),
        ("push", None),
        ("push", []),
        ("push", {"mutations": "x"}),
        ("push", {"mutations": [{"id": 5}]}),
        ("push", {"mutations": [{"id": "x" * 100, "kind": "note.add"}]}),
        ("push", {"mutations": [mutation("note.add", text="x")] * 51}),
        ("sync", None),
        ("sync", {"since": "x"}),
        ("sync", {"since": -1}),
        ("sync", {"since": True}),
    ):
        ack = attacker.call(event, payload)
        assert ack["error"]["code"], (event, payload)
        assert " " in ack["error"]["message"], "a sentence, not a code"
    assert other.call("sync", {"since": 0})["revision"]
    assert attacker.io.connected and other.io.connected


def test_a_token_of_one_workshop_opens_no_other(server: Server, code: str) -> None:
    other, _ = server.import_evening(make_evening(title="En annan kväll"))
    seat = server.join(code, 1)
    assert server.request("GET", f"/api/v1/workshops/{other}/changes?since=0", token=seat["token"])[0] == 401
    assert server.request("GET", f"/api/v1/workshops/{code}/changes?since=0", token="wrong")[0] == 401
    assert server.request("GET", f"/api/v1/workshops/{code}/changes?since=0")[0] == 401


def test_refusals_come_in_the_caller_s_language(server: Server, code: str) -> None:
    seat = server.join(code, 1)
    said = set()
    for language in ("sv", "en"):
        status, ack = server.request(
            "POST",
            f"/api/v1/workshops/{code}/push",
            {"mutations": [mutation("note.add", question="q1", text=" ")]},
            seat["token"],
            {"Accept-Language": language},
        )
        assert status == 200 and ack["results"][0]["code"] == "empty_text"
        said.add(ack["results"][0]["message"])
    assert said == {"Skriv något först.", "Write something first."}


def test_bodies_are_limited_in_front_of_everything(server: Server, code: str) -> None:
    big = b'{"mutations": ["' + b"x" * 400_000 + b'"]}'
    assert server.request("POST", f"/api/v1/workshops/{code}/push", big, "wrong")[0] == 413
    status, _ = server.request("POST", "/socket.io/?EIO=4&transport=polling", big)
    assert status == 413
    assert server.request("POST", f"/api/v1/workshops/{code}/join", b"\xff\xfe")[0] == 400
    assert server.request("POST", f"/api/v1/workshops/{code}/join", b"[" * 100_000)[0] == 400


def test_the_door_says_what_one_may_know_before_joining(server: Server, code: str) -> None:
    status, seen = server.request("GET", f"/api/v1/workshops/{code[:3].lower()}-{code[3:]}")
    assert status == 200 and seen["code"] == code and len(seen["groups"]) == 3
    assert server.request("POST", f"/api/v1/workshops/{code}/join", {"group": 9})[0] == 404
    assert server.request("POST", f"/api/v1/workshops/{code}/join", {"group": "3"})[0] == 400
    assert server.request("GET", "/api/v1/workshops/XXXXXX")[0] == 404
    assert server.request("GET", "/api/v1/workshops/AEIOU1")[0] == 400


def test_nothing_that_people_wrote_and_no_code_or_token_is_logged(server: Server, code: str) -> None:
    seat = server.join(code, 1)
    canary = "kanariefågeln sjunger"
    note = mutation("note.add", question="q1", text=canary)
    server.request("POST", f"/api/v1/workshops/{code}/push", {"mutations": [note]}, seat["token"])
    server.request("POST", f"/api/v1/workshops/{code}/push", {"mutations": canary}, seat["token"])
    assert not [secret for secret in (canary, code, seat["token"]) if secret in server.log()]


def test_the_frames_of_a_closed_socket_are_not_read_as_requests_nor_logged(server: Server, code: str) -> None:
    before = server.log()
    client = Client(server).connect({"token": server.join(code, 1)["token"]}, transports=["websocket"])
    client.io.eio.ws.send("4" + "x" * 50)  # a frame on its way as the connection ends
    client.io.disconnect()
    with socket.create_connection((server.host, server.port)) as raw:
        raw.sendall(f"NONSENSE {code}\r\n\r\n".encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 400")
    said = server.log().removeprefix(before)
    assert code not in said and "HTTP method" not in said


def test_the_first_load_of_a_phone_is_at_most_100_kilobytes(server: Server, code: str) -> None:
    def fetch(path: str) -> tuple[int, str]:
        request = urllib.request.Request(server.base + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            body = answer.read()
            packed = answer.headers.get("Content-Encoding") == "gzip"
            return len(body), (gzip.decompress(body) if packed else body).decode("utf-8", "replace")

    size, page = fetch(f"/w/{code}")
    files = set(re.findall(r'"(/static/dist/phone-[^"]+)"', page))
    assert {f.rsplit(".", 1)[1] for f in files} == {"js", "css"}
    for file in files:
        weight, text = fetch(file)
        size += weight
        # Both weights of the Latin font are fetched; the rest of the alphabet only by who needs it.
        for font in re.findall(r"url\(([^)]+-latin-\d+[^)]+woff2)\)", text) if file.endswith("css") else []:
            size += fetch(f"/static/dist/{font.strip(chr(34)).rsplit('/', 1)[-1]}")[0]
    assert 50_000 < size <= 100_000
