"""The services that several servers need, as a municipality runs them: Redis, and nginx as we configure it."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis

from running import ROOT, Server, eventually, free_port

NGINX_CONFIGURATION = ROOT / "docs" / "operations" / "nginx.conf"
SECRET_KEY = "one key for all of the installation"


def program(name: str, package: str) -> str:
    """The path of a program; without it the tests cannot be run, and say so."""
    path = shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
    assert path, f"The tests need {name}: apt-get install {package}"
    return path


@dataclass(kw_only=True)
class Daemon:
    """A program that runs beside the servers until it is stopped."""

    process: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None


@dataclass
class RedisServer(Daemon):
    """A Redis of the test's own, on a port that it keeps when it is stopped and started."""

    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [program("redis-server", "redis-server"), "--port", str(self.port), "--bind", "127.0.0.1"]
        self.process = subprocess.Popen([*command, "--save", "", "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        eventually(self._answers)

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@dataclass
class Nginx(Daemon):
    """nginx with the configuration that we ship, but for the lines that say whose it is; over TLS with a certificate.

    ``certificate`` is a folder with ``fullchain.pem`` and ``privkey.pem``.
    """

    folder: Path
    servers: Sequence[int]
    certificate: Path | None = None
    port: int = field(default_factory=free_port)

    @property
    def base(self) -> str:
        return f"http{'s' if self.certificate else ''}://localhost:{self.port}"

    @property
    def log(self) -> str:
        """What it has written about those who came."""
        return (self.folder / "access.log").read_text() + (self.folder / "error.log").read_text()

    def configuration(self) -> str:
        """The shipped one, made ours."""
        text = NGINX_CONFIGURATION.read_text()
        for here, there in self._ours():
            text, times = re.subn(here, there, text, flags=re.MULTILINE)
            assert times, f"the shipped configuration has no line {here}"
        return text

    def _ours(self) -> Iterator[tuple[str, str]]:
        servers = "".join(f"    server 127.0.0.1:{port} max_fails=1 fail_timeout=5s;\n" for port in self.servers)
        yield r"^( +server 127\.0\.0\.1:.*\n)+", servers
        yield r"user www-data;", "user root;"  # the folders are the test's own
        yield r"/run/nginx\.pid", str(self.folder / "nginx.pid")
        yield r"/var/log/nginx/", f"{self.folder}/"
        yield (
            r"^http {\n",
            "http {\n"
            + "".join(
                f"  {kind}_temp_path {self.folder / kind};\n"
                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            ),
        )
        yield r"^ +listen \[::\]:.*\n", ""
        yield r"listen 80;", f"listen 127.0.0.1:{free_port()};"
        yield r"listen 443 ssl http2;", f"listen 127.0.0.1:{self.port}{' ssl http2' if self.certificate else ''};"
        yield r"/etc/ssl/verkstad/", f"{self.certificate}/"
        if self.certificate is None:
            yield r"^ +ssl_certificate.*\n", ""
        yield r"verkstad\.example\.se", "localhost"

    def start(self) -> None:
        path = self.folder / "nginx.conf"
        path.write_text(self.configuration())
        command = [program("nginx", "nginx"), "-p", str(self.folder), "-e", str(self.folder / "error.log")]
        self.process = subprocess.Popen([*command, "-c", str(path), "-g", "daemon off;"])
        eventually(self._answers)

    def _answers(self) -> bool:
        assert self.process is not None and self.process.poll() is None, "nginx does not take the configuration"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@dataclass
class Several:
    """One installation of several servers on PostgreSQL, with Redis between them and nginx before them."""

    servers: list[Server]
    nginx: Nginx

    @property
    def base(self) -> str:
        return self.nginx.base


@contextmanager
def several(
    folder: Path, database_url: str, redis_url: str, count: int = 2, *, certificate: Path | None = None
) -> Iterator[Several]:
    """Serve."""
    nginx = Nginx(folder, [free_port() for _ in range(count)], certificate)
    settings = {
        "VERKSTAD_DATABASE_URL": database_url,
        "VERKSTAD_REDIS_URL": redis_url,
        "VERKSTAD_SECRET_KEY": SECRET_KEY,
        "VERKSTAD_PUBLIC_URL": nginx.base,
    }
    with ExitStack() as running:
        servers = []
        for port in nginx.servers:
            own = folder / f"server-{port}"
            own.mkdir()
            servers.append(Server(own, port=port, settings=settings))
            servers[-1].start()
            running.callback(servers[-1].stop, signal.SIGKILL)
        nginx.start()
        running.callback(nginx.stop)
        yield Several(servers, nginx)
