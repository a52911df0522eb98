"""Two servers behind nginx as we configure it: one installation to everybody, and nothing passes that should not."""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from lxml import html
from picows import WSError, WSListener, ws_connect

from factories import make_evening, mutation, new_id
from running import eventually, free_port, run_apart
from several import NGINX_CONFIGURATION, Nginx, RedisServer, Several, program, several
from verkstad.web import headers
from wire import LiveConnection

PASSWORD = "en ganska lång mening om 12 bord"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for localhost that nobody else trusts."""
    folder = tmp_path_factory.mktemp("certificate")
    command = [program("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, shared_postgresql: str, certificate: Path) -> Iterator[Several]:
    folder = tmp_path_factory.mktemp("several")
    between = RedisServer(folder)
    between.start()
    with several(folder, shared_postgresql, between.url, certificate=certificate) as installation:
        yield installation
    between.stop()


@pytest.fixture
def visitor(certificate: Path) -> Iterator[requests.Session]:
    """A browser without a screen, which trusts the certificate."""
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(certificate / "fullchain.pem")
        yield session


@pytest.fixture(scope="module")
def code(hall: Several) -> str:
    return hall.servers[0].import_evening(make_evening())[0]


def join(visitor: requests.Session, hall: Several, code: str, group: int = 1) -> str:
    answer = visitor.post(f"{hall.base}/api/v1/workshops/{code}/join", json={"group": group})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


def push(visitor: requests.Session, base: str, code: str, token: str, text: str) -> dict[str, object]:
    answer = visitor.post(
        f"{base}/api/v1/workshops/{code}/push",
        json={"mutations": [mutation("note.add", question="q1", text=text)]},
        headers={"Authorization": f"Bearer {token}"},
    )
    return dict(answer.json()["results"][0])


def test_what_one_server_takes_in_is_told_live_at_the_other(
    hall: Several, visitor: requests.Session, code: str
) -> None:
    """Nobody asks here: the boards only listen."""
    token = join(visitor, hall, code)
    boards = [server.token(code, "studio") for server in hall.servers]

    async def listen() -> None:
        heard: list[list[bytes]] = [[], []]
        lines = [
            await LiveConnection.open(server.base, board, ear.append, lambda: None)
            for server, board, ear in zip(hall.servers, boards, heard, strict=True)
        ]
        for server in hall.servers * 3:
            text = f"Lapp till {server.port}, {new_id()}"
            taken = await asyncio.to_thread(push, visitor, server.base, code, token, text)
            assert taken["status"] == "ok"
            # Sooner than a server looks: the second note at the latest would have to wait until it looks again.
            async with asyncio.timeout(4):
                while not all(text in _texts(ear) for ear in heard):
                    await asyncio.sleep(0.01)
        for line in lines:
            line.drop()

    run_apart(listen())


def _texts(heard: list[bytes]) -> set[str]:
    return {note["text"] for message in heard for note in json.loads(message)["notes"]}


def test_a_client_stays_at_one_server_and_many_are_spread(hall: Several, visitor: requests.Session) -> None:
    def live() -> list[str]:
        return [line.split()[6] for line in hall.nginx.log.splitlines() if " live " in line]

    def servers_of(client: str) -> set[str]:
        before = len(live())
        for _ in range(5):
            visitor.get(f"{hall.base}/socket.io/?EIO=4&transport=polling&client={client}")
        return set(eventually(lambda: live()[before:] if len(live()) == before + 5 else None))

    met = [servers_of(f"client-{n}") for n in range(12)]
    assert all(len(each) == 1 for each in met)
    assert len(set.union(*met)) == len(hall.servers)


def test_somebody_signs_in_at_one_server_and_is_known_at_the_other(hall: Several, visitor: requests.Session) -> None:
    who = ["--email", "anna@example.se", "--name", "Anna", "--role", "facilitator", "--password-stdin"]
    hall.servers[0].run("account", "create", *who, stdin=PASSWORD)
    page = html.fromstring(visitor.get(f"{hall.base}/login").text)
    token = str(page.xpath("string(//main//input[@name='csrf_token']/@value)"))
    form = {"csrf_token": token, "email": "anna@example.se", "password": PASSWORD}
    entered = visitor.post(f"{hall.base}/login", data=form)
    assert entered.status_code == 200 and entered.url == f"{hall.base}/workshops"
    assert all(cookie.secure for cookie in visitor.cookies)
    for _ in range(10):
        assert visitor.get(f"{hall.base}/workshops", allow_redirects=False).status_code == 200


def test_only_pages_of_the_public_address_open_a_live_connection(hall: Several, certificate: Path) -> None:
    def opens(origin: str, **more: str) -> bool:
        async def attempt() -> bool:
            trusted = ssl.create_default_context(cafile=str(certificate / "fullchain.pem"))
            address = f"{hall.base.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket&client=a"
            try:
                line, _ = await ws_connect(
                    WSListener, address, ssl_context=trusted, extra_headers={"Origin": origin, **more}
                )
            except WSError:
                return False
            line.disconnect(graceful=False)
            return True

        return run_apart(attempt())

    assert opens(hall.base)
    assert not opens("https://evil.example")
    assert not opens("https://evil.example", **{"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})


@pytest.mark.parametrize(
    ("path", "size"),
    [("/socket.io/?EIO=4&transport=polling", 320_001), ("/api/v1/workshops/ABCDEF/push", 262_145)],
)
def test_what_is_too_large_is_refused_before_it_is_read(
    hall: Several, visitor: requests.Session, path: str, size: int
) -> None:
    answer = visitor.post(hall.base + path, data=b"x" * size)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "too_large"


def test_it_takes_as_much_as_the_servers_do() -> None:
    shipped = NGINX_CONFIGURATION.read_text()
    limits = [headers.LIVE_LIMIT, headers.PUSH_LIMIT]
    assert [f"client_max_body_size {limit};" in shipped for limit in limits] == [True, True]
    assert headers.UPLOAD_LIMIT < 12 * 2**20 and "client_max_body_size 12m;" in shipped


def test_the_figures_are_for_the_machine_itself(hall: Several, visitor: requests.Session) -> None:
    assert visitor.get(f"{hall.base}/metrics").status_code == 404
    assert visitor.get(f"{hall.base}/%6detrics").status_code == 404


def test_no_code_token_or_address_of_a_person_is_written_down(
    hall: Several, visitor: requests.Session, code: str
) -> None:
    token = join(visitor, hall, code)
    visitor.get(f"{hall.base}/w/{code}?next=/link/{token}", headers={"Referer": f"{hall.base}/link/{token}"})
    visitor.get(f"{hall.base}/link/{token}")
    eventually(lambda: hall.nginx.log.count("\n") > 2)
    assert code not in hall.nginx.log and token not in hall.nginx.log
    assert "example.se" not in hall.nginx.log


def test_while_no_server_answers_people_are_told_in_plain_words(tmp_path: Path) -> None:
    nginx = Nginx(tmp_path, [free_port()])
    nginx.start()
    page = requests.get(f"{nginx.base}/w/ABCDEF", timeout=10)
    nginx.stop()
    assert page.status_code == 503 and page.headers["Retry-After"] == "5"
    assert "Verkstad svarar inte just nu" in page.text and page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "ABCDEF" not in nginx.log
