"""The services that several servers need, as a municipality runs them: Redis, and nginx as we configure it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import redis

from running import eventually, free_port


def program(name: str, package: str) -> str:
    """The path of a program; without it the tests cannot be run, and say so."""
    path = shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
    assert path, f"The tests need {name}: apt-get install {package}"
    return path


@dataclass
class RedisServer:
    """A Redis of the test's own, on a port that it keeps when it is stopped and started."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [program("redis-server", "redis-server"), "--port", str(self.port), "--bind", "127.0.0.1"]
        self.process = subprocess.Popen([*command, "--save", "", "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        eventually(self._answers)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
