"""The product as it runs: a server process on a free port, driven from outside."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from verkstad.domain.workshop_file import WorkshopFile
from verkstad.services.workshop_import import create_from_file
from verkstad.storage import Account, Workshop
from verkstad.storage.base import prepare_engine

ROOT = Path(__file__).resolve().parent.parent
VERKSTAD = [sys.executable, "-m", "verkstad.entry"]

T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One `verkstad serve`; ``start`` and ``stop`` may alternate, the data stays.

    ``program`` is what is started with ``serve``, for those who wrap the entry.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    program: list[str] = field(default_factory=lambda: list(VERKSTAD))
    process: subprocess.Popen[str] | None = None
    greeting: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        own = {k: v for k, v in os.environ.items() if not k.startswith("VERKSTAD_")}
        return own | {
            "PYTHONPATH": str(ROOT / "platform"),
            "PYTHONUNBUFFERED": "1",
            "VERKSTAD_INSTANCE": str(self.folder),
            "VERKSTAD_PORT": str(self.port),
            "VERKSTAD_WORKER": "off",  # it would sort what a test has laid out; tests/integration/test_jobs.py is on it
            **self.settings,
        }

    @property
    def database_url(self) -> str:
        """The address of its database: as the settings have it, else SQLite in the folder."""
        return self.settings.get("VERKSTAD_DATABASE_URL", f"sqlite:///{self.folder / 'verkstad.db'}")

    def run(self, *args: str, stdin: str | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A command on the same installation."""
        return subprocess.run(
            [*VERKSTAD, *args],
            env=self.environ,
            cwd=ROOT,
            text=True,
            capture_output=True,
            input=stdin,
            check=check,
            timeout=120,
        )

    def start(self) -> None:
        log = (self.folder / "server.log").open("a")
        self.process = subprocess.Popen(
            [*self.program, "serve"], env=self.environ, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=log
        )
        assert self.process.stdout is not None
        self.greeting = []
        for line in self.process.stdout:
            self.greeting.append(line.rstrip())
            if "Ctrl+C" in line:
                return
        raise AssertionError(f"the server did not start: {(self.folder / 'server.log').read_text()}")

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=20)
            self.process = None

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def crashes(self) -> list[str]:
        """What the log tells of mistakes of our own."""
        return [line for line in self.log().splitlines() if " ERROR " in line or line.startswith('  File "')]

    def request(
        self, method: str, path: str, body: Any = None, token: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """A JSON request; the status and the decoded answer, whatever the status."""
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            request.add_header(name, value)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def import_evening(
        self, evening: WorkshopFile, *, opened: bool = True, owner: str | None = None
    ) -> tuple[str, int]:
        """Put a workshop into the running installation, as `verkstad import` does; its code and its key."""
        with self.database() as session:
            account = session.query(Account).filter_by(email=owner).one() if owner else None
            workshop = create_from_file(session, evening, open=opened, owner=account)
            return workshop.code, workshop.id

    def join_secret(self, code: str) -> str:
        """What a table's QR holds beside the code."""
        with self.database() as session:
            return session.query(Workshop).filter_by(code=code).one().join_secret

    @contextmanager
    def database(self) -> Iterator[Session]:
        engine = create_engine(self.database_url)
        prepare_engine(engine)
        with Session(engine, expire_on_commit=False) as session:
            yield session
        engine.dispose()

    def join(self, code: str, group: int) -> dict[str, Any]:
        status, answer = self.request("POST", f"/api/v1/workshops/{code}/join", {"group": group})
        assert status == 200, answer
        return dict(answer)

    def token(self, code: str, role: str) -> str:
        return self.run("token", code, "--as", role).stdout.strip()


def eventually(condition: Any, *, seconds: float = 10, every: float = 0.02) -> Any:
    """The first true value of ``condition()``; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(every)
    raise AssertionError("it did not happen in time")


def run_apart(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns, run in a thread of its own: the browser tests of the same run leave a loop in ours."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, coroutine).result()
