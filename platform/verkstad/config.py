"""Configuration: the environment, read once into a frozen object and refused at start when bad."""

from __future__ import annotations

import hmac
import os
import secrets
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from verkstad.assets import asset_root


class ConfigError(Exception):
    """A setting is wrong; the message is one sentence for the person who starts the server."""


@dataclass(frozen=True)
class Config:
    """Everything the environment decides."""

    instance: Path
    database_url: str
    redis_url: str | None
    secret_key: str
    host: str
    port: int
    public_url: str | None
    limits: bool
    worker: bool

    @property
    def embedded(self) -> bool:
        """Whether the database is our own SQLite file, ours to migrate."""
        return self.database_url.startswith("sqlite")

    @property
    def installation(self) -> str:
        """What the processes of one installation have in common and may say aloud: a fingerprint of the secret key."""
        return hmac.new(self.secret_key.encode(), b"installation", "sha256").hexdigest()

    @property
    def everywhere(self) -> bool:
        """Whether the server listens on all of the machine's addresses."""
        return self.host in {"0.0.0.0", "::", ""}  # noqa: S104

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the server."""
        return _http("127.0.0.1" if self.everywhere else self.host, self.port)

    @property
    def public_base(self) -> str:
        """The address that other devices should use, as well as can be known; goes into QR codes."""
        if self.public_url:
            return self.public_url
        return _http(own_address() or "127.0.0.1", self.port) if self.everywhere else self.address

    @property
    def origins(self) -> list[str]:
        """The fixed list of pages that may open a live connection."""
        hosts = ["127.0.0.1", "localhost", "[::1]", socket.gethostname(), f"{socket.gethostname()}.local"]
        known = [f"http://{host}:{self.port}" for host in hosts] + [self.address, self.public_base]
        return sorted({urlunsplit((*urlsplit(address)[:2], "", "", "")) for address in known})


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """The configuration in an environment.

    Raises:
        ConfigError: a value cannot be used, or the instance folder cannot be written.
    """
    instance = Path(environ.get("VERKSTAD_INSTANCE") or _home() / "instance")
    url = environ.get("VERKSTAD_DATABASE_URL") or f"sqlite:///{instance / 'verkstad.db'}"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigError(
            "VERKSTAD_DATABASE_URL is not a database address such as postgresql://user@host/name."
        ) from error
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ConfigError("VERKSTAD_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    redis = environ.get("VERKSTAD_REDIS_URL") or None
    if redis and urlsplit(redis).scheme not in {"redis", "rediss", "unix"}:
        raise ConfigError("VERKSTAD_REDIS_URL must begin with redis://, rediss:// or unix://.")
    return Config(
        instance=instance,
        database_url=url,
        redis_url=redis,
        secret_key=_secret_key(environ, instance),
        host=environ.get("VERKSTAD_HOST") or "127.0.0.1",
        port=_port(environ.get("VERKSTAD_PORT") or "5000"),
        public_url=_public_url(environ.get("VERKSTAD_PUBLIC_URL")),
        limits=_switch(environ, "VERKSTAD_LIMITS"),
        worker=_switch(environ, "VERKSTAD_WORKER"),
    )


def own_address() -> str | None:
    """This machine's address in the hall's network; None without one. Connecting a UDP socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: the way out is looked up, not taken
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _http(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _home() -> Path:
    """The checkout when we run from one, else the folder we were started in."""
    above = asset_root("migrations").parent
    return above if (above / "app.py").is_file() else Path.cwd()


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ConfigError(f"VERKSTAD_PORT must be a number from 1 to 65535, not {value!r}.")
    return int(value)


def _public_url(value: str | None) -> str | None:
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ConfigError("VERKSTAD_PUBLIC_URL must be an address without a path, such as https://verkstad.example.se.")
    # As a browser writes the origin of a page: in small letters, without the port that is understood.
    usual = {"http": ":80", "https": ":443"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(usual)}"


def _switch(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").lower()
    if value not in {"", "on", "off"}:
        raise ConfigError(f"{name} must be on or off.")
    return value != "off"


def _secret_key(environ: Mapping[str, str], instance: Path) -> str:
    """The key from the environment, or one made once and kept where only this user can read it."""
    given = environ.get("VERKSTAD_SECRET_KEY")
    if given is not None:
        if len(given) < 16:
            raise ConfigError("VERKSTAD_SECRET_KEY must have at least 16 characters; leave it out to have one made.")
        return given
    path = instance / "secret_key"
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            # Two processes that start at once must not end up with one key each, nor one of them with half a key.
            with NamedTemporaryFile("w", dir=instance) as file, suppress(FileExistsError):
                file.write(secrets.token_hex(32))
                file.flush()
                os.link(file.name, path)
        return path.read_text().strip()
    except OSError as error:
        raise ConfigError(
            f"The folder {instance} cannot be written: {error.strerror}. Set VERKSTAD_INSTANCE."
        ) from error
