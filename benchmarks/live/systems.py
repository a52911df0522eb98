"""The two that are measured: our server as it is run, and the reference. Both are started, asked and stopped alike."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import signal
import sqlite3
import subprocess
import tempfile
import time
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.live import reference

from postgres import running_postgres
from running import Server, free_port
from several import RedisServer, Several, several

QUESTION = "q1"
OURS, REFERENCE = "verkstad", "node"
TEMPLATE = "template_verkstad"  # the migrated database of `running_postgres`


@dataclass(frozen=True)
class Tokens:
    """The ways in: one a phone in the order asked for, one for all boards, one for the projector."""

    phones: list[str]
    board: str
    screen: str


class System(Protocol):
    """A server with one workshop, whose first question is open."""

    name: str

    @property
    def base(self) -> str: ...
    @property
    def pids(self) -> tuple[int, ...]:  # none while it does not run
        ...

    def start(self) -> None: ...
    def stop(self, how: int = signal.SIGTERM) -> None: ...
    def admit(self, groups: list[int]) -> Tokens: ...
    def stored(self) -> dict[str, str]: ...
    def log(self) -> str: ...


class Ours:
    """`verkstad serve` as shipped: SQLite, every default, limits on."""

    name = OURS

    def __init__(self, folder: Path) -> None:
        self._server = Server(folder)
        self._code = ""

    @property
    def base(self) -> str:
        return self._server.base

    @property
    def pids(self) -> tuple[int, ...]:
        return (self._server.process.pid,) if self._server.process else ()

    def start(self) -> None:
        self._server.start()

    def stop(self, how: int = signal.SIGTERM) -> None:
        self._server.stop(how)

    def admit(self, groups: list[int]) -> Tokens:
        file = self._server.folder / "evening.json"
        file.write_text(
            json.dumps(
                {
                    "format": "verkstad-workshop/1",
                    "title": "En kväll om samverkan",
                    "questions": [{"id": QUESTION, "prompt": "Vad saknas?"}],
                    "groups": [{"number": number, "name": f"Bord {number}"} for number in sorted(set(groups))],
                }
            )
        )
        self._code = self._server.run("import", str(file), "--open").stdout.splitlines()[-1]
        with ThreadPoolExecutor(4) as hall:
            phones = list(hall.map(self._join, groups))
        return Tokens(phones, self._server.token(self._code, "studio"), self._server.token(self._code, "screen"))

    def _join(self, group: int) -> str:
        while True:
            status, answer = self._server.request("POST", f"/api/v1/workshops/{self._code}/join", {"group": group})
            if status == 200:
                return str(answer["token"])
            if "retry_after" not in answer:
                raise RuntimeError(f"a phone could not join: {answer}")
            time.sleep(answer["retry_after"])

    def log(self) -> str:
        return self._server.log()

    def stored(self) -> dict[str, str]:
        file = self._server.folder / "export.json"
        self._server.run("export", self._code, "--as", "json", "-o", str(file))
        return {note["id"]: note["text"] for note in json.loads(file.read_bytes())["notes"]}


class Two(Ours):
    """Two servers on PostgreSQL, with Redis between them and nginx before them, as docs/operations.md has it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder
        self._running = ExitStack()
        self._installation: Several | None = None

    @property
    def base(self) -> str:
        assert self._installation is not None
        return self._installation.base

    @property
    def pids(self) -> tuple[int, ...]:
        """The two servers; PostgreSQL, Redis and nginx are not ours to make cheaper."""
        servers = self._installation.servers if self._installation else []
        return tuple(server.process.pid for server in servers if server.process)

    def start(self) -> None:
        data = Path(self._running.enter_context(tempfile.TemporaryDirectory(prefix="postgres-")))
        database = self._running.enter_context(running_postgres(data)).database("evening", template=TEMPLATE)
        redis = RedisServer(self._folder)
        redis.start()
        self._running.callback(redis.stop)
        self._installation = self._running.enter_context(several(self._folder, database, redis.url))
        self._server = self._installation.servers[0]

    def stop(self, how: int = signal.SIGTERM) -> None:
        self._installation = None
        self._running.close()


class Reference:
    """The reference: socket.io and better-sqlite3."""

    name = REFERENCE

    def __init__(self, folder: Path) -> None:
        self._database = folder / "reference.db"
        self._secret = secrets.token_hex(32)
        self._port = free_port()
        self._process: subprocess.Popen[str] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def pids(self) -> tuple[int, ...]:
        return (self._process.pid,) if self._process else ()

    def start(self) -> None:
        own = {"PORT": str(self._port), "DATABASE": str(self._database), "SECRET": self._secret}
        self._process = subprocess.Popen(
            [reference.node(), str(reference.SERVER)], env=os.environ | own, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != "listening":
            raise RuntimeError("the reference did not start")

    def stop(self, how: int = signal.SIGTERM) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(timeout=20)
        self._process = None

    def admit(self, groups: list[int]) -> Tokens:
        phones = [self._token(f"phone.{group}.phone{number}") for number, group in enumerate(groups)]
        return Tokens(phones, self._token("studio.0.board"), self._token("screen.0.screen"))

    def _token(self, who: str) -> str:
        signature = hmac.digest(self._secret.encode(), who.encode(), hashlib.sha256)
        return f"{who}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"

    def log(self) -> str:
        return ""  # it writes to our own standard error

    def stored(self) -> dict[str, str]:
        with closing(sqlite3.connect(self._database)) as database:
            return dict(database.execute("SELECT id, text FROM note"))
