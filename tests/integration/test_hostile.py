"""Somebody means ill: at the live door, at the pages, and with files. The answer is calm, and nobody else notices."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import socketio
from flask import Flask
from sqlalchemy.orm import Session

from desks import Desk, make_app
from factories import desk, make_workshop, mutation, outcomes, send, sit_down
from running import Server, eventually
from verkstad.config import read_config
from verkstad.domain.roles import Role
from verkstad.extensions import db
from verkstad.factory import create_app
from verkstad.services import joining
from verkstad.storage.migrate import migrate

LONE, HUGE = "\ud800", 10**30


class Poller:
    """A client that says exactly what it is told to, over long polling."""

    def __init__(self, server: Server, token: str) -> None:
        self.address = f"{server.base}/socket.io/?EIO=4&transport=polling"
        opened = json.loads(self._call(None)[1:])
        self.address += f"&sid={opened['sid']}"
        self.send("40" + json.dumps({"token": token}))
        assert self.hear().startswith("40")

    def _call(self, body: bytes | None) -> str:
        with urllib.request.urlopen(urllib.request.Request(self.address, data=body), timeout=20) as answer:
            return str(answer.read().decode())

    def send(self, *packets: str) -> None:
        self._call("\x1e".join(packets).encode())

    def hear(self) -> str:
        return self._call(None)

    def ack(self, number: int) -> Any:
        """The answer that carries this number, whatever comes before it."""
        while True:
            for packet in self.hear().split("\x1e"):
                if packet.startswith(f"43{number}["):
                    return json.loads(packet[2 + len(str(number)) :])[0]


def events_of(poller: Poller) -> str:
    poller.send('429["sync",{"since":0}]')
    return str(sorted(poller.ack(9)))


@pytest.mark.parametrize(
    "packet",
    [
        "4",
        "4x",
        "49",
        "42",
        "42{}",
        "42[]",
        '42[["x"],1]',
        "44",
        "45",
        '451-["push",{"_placeholder":true,"num":0}]',
        '45999999999-["push",{}]',
        "42" + "[" * 5000,
        "42" + "9" * 200 + "[]",
        "4451-[]",
    ],
)
def test_an_unreadable_packet_leaves_the_connection_as_it_was(server: Server, code: str, packet: str) -> None:
    poller = Poller(server, server.join(code, 1)["token"])
    poller.send(packet)
    assert "revision" in events_of(poller)
    assert server.crashes() == []


def test_a_client_cannot_play_the_library(server: Server, code: str) -> None:
    poller = Poller(server, server.join(code, 1)["token"])
    for name in ("connect", "disconnect"):
        poller.send(f'425["{name}",{{}}]')
        assert poller.ack(5)["error"]["code"] == "unknown_event"
    assert "revision" in events_of(poller)  # still known, so still watched


def test_what_a_polling_phone_has_saved_up_is_all_heard(server: Server, code: str) -> None:
    poller = Poller(server, server.join(code, 1)["token"])
    poller.send(*(f'42{n}["sync",{{"since":0}}]' for n in range(100, 140)))
    assert poller.ack(139)["revision"]


def test_a_token_that_is_no_text_is_refused_like_any_other(server: Server) -> None:
    client = socketio.Client()
    refused: list[Any] = []
    client.on("connect_error", refused.append)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(server.base, auth={"token": LONE}, wait_timeout=5)
    assert refused == [{"message": "unauthorized"}]


def test_broken_frames_and_requests_fill_no_log(server: Server) -> None:
    for path in ("/socket.io/?EIO=4&transport=websocket", "/w/KRTM7W"):
        request = urllib.request.Request(server.base + path, headers={"Upgrade": "websocket", "Connection": "upgrade"})
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(request, timeout=10)
    for head in (b"GET / HTTP/1\r\n\r\n", b"GET / HTTP/x.y\r\n\r\n", b"\0\r\n\r\n", b"GET /x?\xde HTTP/1.1\r\n\r\n"):
        with socket.create_connection((server.host, server.port), timeout=10) as line:
            line.sendall(head)
            assert b" 400 " in line.recv(1000)
    assert eventually(lambda: "a connection ended in" in server.log())
    assert server.crashes() == [] and "KRTM7W" not in server.log()


def test_who_never_finishes_a_sentence_is_shown_out() -> None:
    script = """
from gevent import monkey; monkey.patch_all()
import socket
from verkstad import serving
serving.PATIENCE = 0.3
ear = socket.create_server(("127.0.0.1", 0))
server = serving.Server(ear, lambda environ, start: [], log=None, handler_class=serving.Handler)
server.start()
for said in (b"", b"GET / HT", b"GET / HTTP/1.1\\r\\nHost: x\\r\\n"):
    with socket.create_connection(ear.getsockname(), timeout=10) as caller:
        caller.sendall(said)
        while caller.recv(1000): pass
print("closed")
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root / "platform", capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "closed", done.stderr


WEIRD: list[Any] = [LONE, "a\0b", "x" * 70_000, HUGE, 2**40, -1, None, True, [], {}, 1.5]
FIELDS: dict[str, dict[str, Any]] = {
    "note.add": {"question": "q1", "text": "x", "group": 1, "source": "paper"},
    "note.edit": {"note": "n", "text": "x"},
    "note.hide": {"note": "n", "reason": "x"},
    "group.done": {"done": True},
    "group.add": {"name": "x"},
    "group.rename": {"group": 1, "name": "x"},
    "round.open": {"question": "q1", "minutes": 5},
    "round.share": {"question": "q1", "shared": True},
    "workshop.state": {"state": "open"},
    "screen.show": {"view": "join"},
    "message.send": {"text": "x"},
    "theme.move": {"note": "n", "theme": "t"},
    "theme.place": {"notes": ["n"], "theme": "t"},
    "theme.add": {"label": "x", "notes": ["n"], "question": "q1"},
    "theme.rename": {"theme": "t", "label": "x"},
    "theme.merge": {"theme": "t", "into": "u"},
    "theme.order": {"themes": ["t"]},
    "note.side": {"notes": ["n"], "side": "for"},
    "note.ask": {"notes": ["n"], "asks": True},
    "note.second": {"note": "n", "theme": "t"},
    "action.undo": {"action": "x"},
}


def test_no_value_of_any_field_sinks_a_push(session: Session) -> None:
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    for kind, fields in FIELDS.items():
        for name in fields:
            strange = [mutation(kind, **{**fields, name: value}) for value in WEIRD]
            for actor in (desk(workshop), phone):
                batch = [{**m, "id": f"{actor.role}-{m['id']}"} for m in strange]
                found = outcomes(send(session, actor, *batch, mutation("no.such"), mutation(LONE)))
                assert len(found) == len(batch) + 2, (kind, name)
    assert "control_characters" in outcomes(send(session, desk(workshop), mutation("message.send", text="a\ufffe")))
    session.refresh(workshop)
    assert workshop.message in {"", "x"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


def test_an_address_asks_for_nothing_that_no_database_has(app: Flask) -> None:
    anna = Desk(app, "anna", Role.ADMIN)
    for number in (2**31, HUGE, "9" * 5000):
        assert anna.post(f"/accounts/{number}/link").status == 404
        assert anna.get(f"/workshops/{number}").status == 404
    assert anna.get("/library/a%00b").status == 404
    assert "control characters" in anna.post("/workshops/new", title="a\0b").answer.text


def test_an_e_mail_address_with_nul_is_told_at_its_field(app: Flask) -> None:
    answer = app.test_client().post("/login", data={"email": "a\0b@example.se", "password": "x"})
    assert answer.status_code == 200 and 'aria-invalid="true"' in answer.text


def test_a_token_opens_the_api_and_no_page(app: Flask) -> None:
    with app.app_context():
        workshop = make_workshop(db.session())
        token = joining.issue_token(db.session(), workshop, Role.STUDIO)
        key, code = workshop.id, workshop.code
    bearer = {"Authorization": f"Bearer {token}"}
    visitor = app.test_client()
    form = {"title": "x", "held_on": "2026-03-06", "language": "sv", "tables": "3"}
    assert "/login" in visitor.post(f"/workshops/{key}/copy", data=form, headers=bearer).headers["Location"]
    assert "/login" in visitor.get(f"/workshops/{key}", headers=bearer).headers["Location"]
    assert visitor.get(f"/api/v1/workshops/{code}/changes", headers=bearer).status_code == 200


def test_a_plain_form_names_a_note_as_a_phone_may(app: Flask) -> None:
    with app.app_context():
        code = make_workshop(db.session()).code
    phone = app.test_client()
    phone.post(f"/w/{code}/join", data={"group": "1"})
    for bad in ("", "x" * 65, "a\0b", "å"):
        phone.post(f"/w/{code}/notes", data={"id": bad, "text": "en lapp", "question": "q1"})
    phone.post(f"/w/{code}/notes", data={"id": "n1", "text": "en lapp", "question": "a\0b"})
    assert phone.post(f"/w/{code}/notes", data={"id": "n2", "text": "en lapp", "question": "q1"}).status_code == 302
    with app.app_context():
        texts = db.session.execute(db.text("SELECT id FROM notes")).all()
    assert [row[0] for row in texts] == ["n2"]


def test_who_sits_goes_on_writing_while_others_guess_codes(tmp_path: Path) -> None:
    app = create_app(read_config({"VERKSTAD_INSTANCE": str(tmp_path)}))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        migrate(db.engine)
        code = make_workshop(db.session()).code
        guesses = app.extensions["guesses"]
    phone, stranger = app.test_client(), app.test_client()
    phone.post(f"/w/{code}/join", data={"group": "1"})
    for _ in range(60):
        guesses.spend()
    assert phone.post(f"/w/{code}/notes", data={"id": "n1", "text": "en lapp", "question": "q1"}).status_code == 302
    assert stranger.post(f"/w/{code}/join", data={"group": "1"}).status_code == 429
